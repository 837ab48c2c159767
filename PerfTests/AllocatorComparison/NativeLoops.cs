using System.Runtime.InteropServices;

namespace PerfTests.AllocatorComparison;

/// <summary>
/// Functions of <c>native/loops.c</c>. They run long, so they are called with the usual transition to native code, during
/// which the garbage collector can run.
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

    /// <summary>Takes allocate, release, byte count and number of pairs; returns the number of failed allocations.</summary>
    public delegate* unmanaged<nint, nint, nuint, nint, nint> Pairs { get; }

    /// <summary>
    /// Takes allocate, release, byte count, batches, blocks per batch and orders; returns the number of failed allocations.
    /// </summary>
    public delegate* unmanaged<nint, nint, nuint, nint, int, int*, nint> Batches { get; }

    /// <summary>Takes allocate, byte count and groups; returns the number of failed allocations.</summary>
    public delegate* unmanaged<nint, nuint, nint, nint> Produce { get; }

    /// <summary>Takes release and groups.</summary>
    public delegate* unmanaged<nint, nint, void> Consume { get; }

    /// <summary>True if the loops have been built.</summary>
    public static bool AreBuilt => NativeBuild.FolderOfThisRun is { } folder && File.Exists(Path.Combine(folder, NativeBuild.Loops));

    /// <summary>Loads the loops, which must have been built.</summary>
    public static NativeLoops Load() => new(NativeLibrary.Load(Path.Combine(NativeBuild.FolderOfThisRun!, NativeBuild.Loops)));
}
