using System.Runtime.InteropServices;

namespace PerfTests.AllocatorComparison;

/// <summary>
/// The functions of <c>native/loops.c</c>. They take long, so they are called in the usual way, in which the garbage
/// collector need not wait for them.
/// </summary>
internal sealed unsafe class NativeLoops
{
    private NativeLoops(nint library)
    {
        Pairs = (delegate* unmanaged<nint, nint, nuint, nint, nint>)NativeLibrary.GetExport(library, "loop_pairs");
        Batches = (delegate* unmanaged<nint, nint, nuint, nint, int, int*, nint>)NativeLibrary.GetExport(library, "loop_batches");
        Produce = (delegate* unmanaged<nint, nuint, nint, nint>)NativeLibrary.GetExport(library, "loop_produce");
        Consume = (delegate* unmanaged<nint, nint, void>)NativeLibrary.GetExport(library, "loop_consume");
    }

    /// <summary>allocate, release, byte count, pairs: failed allocations.</summary>
    public delegate* unmanaged<nint, nint, nuint, nint, nint> Pairs { get; }

    /// <summary>allocate, release, byte count, batches, blocks, orders: failed allocations.</summary>
    public delegate* unmanaged<nint, nint, nuint, nint, int, int*, nint> Batches { get; }

    /// <summary>allocate, byte count, groups: failed allocations.</summary>
    public delegate* unmanaged<nint, nuint, nint, nint> Produce { get; }

    /// <summary>release, groups.</summary>
    public delegate* unmanaged<nint, nint, void> Consume { get; }

    /// <summary>True if they were built.</summary>
    public static bool AreBuilt => NativeBuild.FolderOfThisRun is { } folder && File.Exists(Path.Combine(folder, NativeBuild.Loops));

    /// <summary>Loads them; they must have been built.</summary>
    public static NativeLoops Load() => new(NativeLibrary.Load(Path.Combine(NativeBuild.FolderOfThisRun!, NativeBuild.Loops)));
}
