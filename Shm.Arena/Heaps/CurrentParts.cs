using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// Table of the current parts, from which a heap takes blocks, by <see cref="SizeClasses.StepOf"/>. A class without one
/// has an empty part in private memory, so the fast path needs no check.
/// </summary>
internal sealed unsafe class CurrentParts
{
    internal CurrentParts()
    {
        None = NewEmptyPart();
        Steps = NewTable(None);
    }

    /// <summary>Table of a closed heap: every part is empty. It is never freed, since threads may still use it.</summary>
    internal static SlabPart** Closed { get; } = NewTable(NewEmptyPart());

    /// <summary>The part by step.</summary>
    internal SlabPart** Steps { get; }

    /// <summary>The empty part.</summary>
    internal SlabPart* None { get; }

    /// <summary>The current part of a class; <see cref="None"/> if there is none.</summary>
    internal SlabPart* this[int classIndex]
    {
        get => Steps[SizeClasses.FirstStepOf(classIndex)];
        set
        {
            int end = SizeClasses.FirstStepOf(classIndex + 1);
            for (int step = SizeClasses.FirstStepOf(classIndex); step < end; step++)
            {
                Steps[step] = value;
            }
        }
    }

    /// <summary>Returns whether blocks are taken from a part now.</summary>
    internal bool Contains(SlabPart* part) => part->Class is < SizeClasses.Count and var classIndex && part == this[classIndex];

    /// <summary>Frees private memory only, once no thread can use it any more.</summary>
    ~CurrentParts()
    {
        NativeMemory.Free(None);
        NativeMemory.Free(Steps);
    }

    private static SlabPart* NewEmptyPart() => (SlabPart*)NativeMemory.AllocZeroed(1, SlabPart.ByteCount);

    private static SlabPart** NewTable(SlabPart* part)
    {
        var steps = (SlabPart**)NativeMemory.Alloc(SizeClasses.StepCount, (nuint)sizeof(SlabPart*));
        new Span<nint>(steps, SizeClasses.StepCount).Fill((nint)part);
        return steps;
    }
}
