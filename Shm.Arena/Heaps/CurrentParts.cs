using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// Table of a heap's current and former parts, with an entry for each class. The heap takes blocks from the current part. For a class
/// without a current part, the entry contains the sentinel part, so the fast path needs no check.
/// </summary>
internal sealed unsafe class CurrentParts
{
    /// <summary>
    /// Index of the entry for a class that does not exist, which only a damaged arena contains, and of the entry for the steps beyond the
    /// classes. No block is taken from either.
    /// </summary>
    private const int OfNoClass = SizeClasses.Count, Beyond = SizeClasses.Count + 1;

    private const int EntryCount = SizeClasses.Count + 2;

    /// <summary>Offset of each step's entry from the first entry, in bytes.</summary>
    private static readonly nint[] s_offsets = OffsetsOfSteps();

    private readonly CurrentPart* _entries;

    internal CurrentParts()
    {
        _entries = NewEntries();
        Steps = NewSteps(_entries);
    }

    /// <summary>
    /// The sentinel part, which stands for a missing part: a part without a block, in private memory. It is never freed, and nobody
    /// writes to it.
    /// </summary>
    internal static SlabPart* Sentinel { get; } = (SlabPart*)NativeMemory.AllocZeroed(1, SlabPart.ByteCount);

    /// <summary>Table of a closed heap: each entry has the sentinel part. Never freed, since threads may still use it.</summary>
    internal static CurrentPart** Closed { get; } = NewSteps(NewEntries());

    /// <summary>Replaces the field in a heap's slot after the heap is closed, because the heap must not write to its slot then.</summary>
    internal static EnteredPart ClosedEntered { get; } = new((ulong*)NativeMemory.AllocZeroed(sizeof(ulong)));

    /// <summary>
    /// Pointer to the entry of each step of <see cref="SizeClasses.StepOf"/>. A step beyond the classes has the sentinel part.
    /// </summary>
    internal CurrentPart** Steps { get; }

    /// <summary>First entry, for <see cref="EntryOf"/>.</summary>
    internal CurrentPart* Entries => _entries;

    /// <summary>The current part of a class; <see cref="Sentinel"/> if there is none.</summary>
    internal SlabPart* this[int classIndex]
    {
        get => _entries[classIndex].Part;
        set => _entries[classIndex].Part = value;
    }

    /// <summary>Returns the entry of a part's class.</summary>
    /// <param name="entries">See <see cref="Entries"/>.</param>
    /// <param name="part">A part of the heap, or a part that the heap has just lost.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static CurrentPart* EntryOf(CurrentPart* entries, SlabPart* part) => entries + Math.Min((int)part->Class, OfNoClass);

    /// <summary>Leaves no part current.</summary>
    internal void Clear()
    {
        for (var index = 0; index < EntryCount; index++)
        {
            _entries[index].Clear();
        }
    }

    /// <summary>Forgets a part that leaves the heap.</summary>
    internal void Forget(SlabPart* part) => EntryOf(_entries, part)->Forget(part);

    /// <summary>Frees the private memory, which no thread can use any more. There is none if the constructor threw.</summary>
    ~CurrentParts()
    {
        for (var index = 0; _entries != null && index < EntryCount; index++)
        {
            _entries[index].Free();
        }

        NativeMemory.Free(_entries);
        NativeMemory.Free(Steps);
    }

    private static CurrentPart* NewEntries()
    {
        var entries = (CurrentPart*)NativeMemory.AllocZeroed(EntryCount, (nuint)sizeof(CurrentPart));
        for (var index = 0; index < EntryCount; index++)
        {
            entries[index].Part = Sentinel;
        }

        return entries;
    }

    private static CurrentPart** NewSteps(CurrentPart* entries)
    {
        var steps = (nint*)NativeMemory.Alloc(SizeClasses.StepCount, (nuint)sizeof(nint));
        var first = new Vector<nint>((nint)entries);
        var step = 0;
        for (; step <= SizeClasses.StepCount - Vector<nint>.Count; step += Vector<nint>.Count)
        {
            (first + new Vector<nint>(s_offsets, step)).Store(steps + step);
        }

        for (; step < SizeClasses.StepCount; step++)
        {
            steps[step] = (nint)entries + s_offsets[step];
        }

        return (CurrentPart**)steps;
    }

    private static nint[] OffsetsOfSteps()
    {
        var offsets = new nint[SizeClasses.StepCount];
        Array.Fill(offsets, Beyond * sizeof(CurrentPart));
        for (var index = 0; index < SizeClasses.Count; index++)
        {
            for (var step = SizeClasses.FirstStepOf(index); step < SizeClasses.FirstStepOf(index + 1); step++)
            {
                offsets[step] = index * sizeof(CurrentPart);
            }
        }

        return offsets;
    }
}
