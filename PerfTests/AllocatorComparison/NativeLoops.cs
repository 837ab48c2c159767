using System.Runtime.InteropServices;
using PerfTests.AllocatorComparison.Scenarios;

namespace PerfTests.AllocatorComparison;

/// <summary>
/// Functions of <c>native/loops.c</c>. Each call runs long, so it makes the usual transition to native code, which lets the
/// garbage collector run meanwhile.
/// </summary>
internal sealed unsafe class NativeLoops
{
    private NativeLoops(nint library)
    {
        Pairs = (delegate* unmanaged<nint, nint, nuint, nint, nint>)NativeLibrary.GetExport(library, "loop_pairs");
        Batches = (delegate* unmanaged<nint, nint, nuint, nint, int, int*, nint>)NativeLibrary.GetExport(library, "loop_batches");
        Replace = (delegate* unmanaged<nint, nint, Replacement*, nint, nint*, nint>)NativeLibrary.GetExport(library, "loop_replace");
        Scratch = (delegate* unmanaged<nint, nint, nuint, nint, nint, nint>)NativeLibrary.GetExport(library, "loop_scratch");
        Produce = (delegate* unmanaged<nint, nuint, nint, nint>)NativeLibrary.GetExport(library, "loop_produce");
        Consume = (delegate* unmanaged<nint, nint, void>)NativeLibrary.GetExport(library, "loop_consume");
    }

    /// <summary>
    /// Loop of pairs. Takes the allocate and release functions, the byte count and the number of pairs; returns the number of
    /// failed allocations.
    /// </summary>
    public delegate* unmanaged<nint, nint, nuint, nint, nint> Pairs { get; }

    /// <summary>
    /// Loop of batches. Takes the allocate and release functions, the byte count, the number of batches, the blocks per batch
    /// and the orders in which they are freed; returns the number of failed allocations.
    /// </summary>
    public delegate* unmanaged<nint, nint, nuint, nint, int, int*, nint> Batches { get; }

    /// <summary>
    /// Loop of replacements. Takes the allocate and release functions, the replacements, their number and the slots; returns
    /// the number of failed allocations.
    /// </summary>
    public delegate* unmanaged<nint, nint, Replacement*, nint, nint*, nint> Replace { get; }

    /// <summary>
    /// Loop of blocks that are written to. Takes the allocate and release functions, the byte count, the number of blocks and
    /// the number of writes to each block; returns the number of failed allocations.
    /// </summary>
    public delegate* unmanaged<nint, nint, nuint, nint, nint, nint> Scratch { get; }

    /// <summary>
    /// Loop of the allocating thread. Takes the allocate function, the byte count and the number of groups; returns the number
    /// of failed allocations.
    /// </summary>
    public delegate* unmanaged<nint, nuint, nint, nint> Produce { get; }

    /// <summary>Loop of the freeing thread. Takes the release function and the number of groups.</summary>
    public delegate* unmanaged<nint, nint, void> Consume { get; }

    /// <summary>True if the loops have been built.</summary>
    public static bool AreBuilt => NativeBuild.FolderOfThisRun is { } folder && File.Exists(Path.Combine(folder, NativeBuild.Loops));

    /// <summary>Loads the loops, which must have been built.</summary>
    public static NativeLoops Load() => new(NativeLibrary.Load(Path.Combine(NativeBuild.FolderOfThisRun!, NativeBuild.Loops)));
}
