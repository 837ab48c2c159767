using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// Table of a heap's current parts, from which the heap takes blocks, indexed by <see cref="SizeClasses.StepOf"/>. For a class
/// without a current part, the table contains an empty part in private memory, so the fast path needs no check.
/// </summary>
internal sealed unsafe class CurrentParts
{
    internal CurrentParts()
    {
        None = NewEmptyPart();
        Steps = NewTable(None);
    }

    /// <summary>Table of a closed heap: every part is empty. This table is never freed, since threads may still use it.</summary>
    internal static SlabPart** Closed { get; } = NewTable(NewEmptyPart());

    /// <summary>Field for the heap slot's field of a closed heap, which the heap must not write to any more.</summary>
    internal static EnteredPart ClosedEntered { get; } = new((ulong*)NativeMemory.AllocZeroed(sizeof(ulong)));

    /// <summary>Pointer to the table, which contains the current part for each step of <see cref="SizeClasses.StepOf"/>.</summary>
    internal SlabPart** Steps { get; }

    /// <summary>The empty part, which stands for a missing current part.</summary>
    internal SlabPart* None { get; }

    /// <summary>The current part of a class; <see cref="None"/> if there is none.</summary>
    internal SlabPart* this[int classIndex]
    {
        get => Steps[SizeClasses.FirstStepOf(classIndex)];
        set
        {
            var end = SizeClasses.FirstStepOf(classIndex + 1);
            for (var step = SizeClasses.FirstStepOf(classIndex); step < end; step++)
            {
                Steps[step] = value;
            }
        }
    }

    /// <summary>Returns true if the part is the current part of its class.</summary>
    internal bool Contains(SlabPart* part) => part->Class is < SizeClasses.Count and var classIndex && part == this[classIndex];

    /// <summary>Frees the private memory, which no thread can use any more.</summary>
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
