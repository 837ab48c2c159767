using Shm.Core;

namespace PerfTests.Tests.Arena.Model;

/// <summary>A block that must be live.</summary>
internal sealed class ModelBlock
{
    internal required ShmBlock Handle { get; init; }

    /// <summary>Bytes that it really has.</summary>
    internal required long BlockBytes { get; init; }

    /// <summary>Whose it is, or who offered it.</summary>
    internal required ModelProcess Holder { get; set; }

    internal bool IsOffered { get; set; }

    /// <summary>What was written to its ends.</summary>
    internal required ulong Stamp { get; init; }

    /// <summary>Whether a recovery must take it back.</summary>
    internal bool IsOrphan => !Holder.IsAlive && !IsOffered;

    internal bool Holds(long offset) => offset >= Handle.Offset && offset < Handle.Offset + BlockBytes;
}
