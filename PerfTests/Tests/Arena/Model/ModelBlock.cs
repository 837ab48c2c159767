using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Model;

/// <summary>A block that is live according to the model.</summary>
internal sealed class ModelBlock
{
    internal required ShmBlock Handle { get; init; }

    /// <summary>Usable size in bytes.</summary>
    internal required long BlockBytes { get; init; }

    /// <summary>Process that allocated the block.</summary>
    internal required ArenaMember Origin { get; init; }

    /// <summary>Process that holds the block or has offered it.</summary>
    internal required ModelProcess Holder { get; set; }

    internal bool IsOffered { get; set; }

    /// <summary>Value that was written to the first and the last byte.</summary>
    internal required ulong Stamp { get; init; }

    /// <summary>True if a recovery must free the block.</summary>
    internal bool IsOrphan => !Holder.IsAlive && !IsOffered;

    internal bool Holds(long offset) => offset >= Handle.Offset && offset < Handle.Offset + BlockBytes;
}
