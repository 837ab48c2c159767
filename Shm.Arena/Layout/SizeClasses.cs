using System.Numerics;
using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// Block sizes of slabs: every 4 bytes from 16 to 32, then eight sizes per doubling up to 2 MiB, so at most a ninth of a block
/// is wasted. If a requested size is a multiple of 2^k, and 2^k is at most an eighth of the size, the block size is a multiple
/// of 2^k as well.
/// </summary>
internal static class SizeClasses
{
    internal const long MinBlockBytes = 16;
    internal const long MaxBlockBytes = 1L << 21;
    internal const int Count = 5 + (16 * 8);

    /// <summary>Number of steps that <see cref="StepOf"/> can return.</summary>
    internal const int StepCount = 506;

    /// <summary>
    /// Number of steps up to 16 bytes, which together form one class, and number of steps from 16 to 32 bytes, of which each
    /// pair forms a class. Each further step is a class of its own.
    /// </summary>
    private const int StepsOfFirst = 16, StepsInPairs = 8;

    /// <summary>
    /// Returns the step of a length: the number of a range of lengths that belong to the same class. From 8 bytes on there are
    /// eight steps per doubling. The step is below <see cref="StepCount"/> for every number, so a caller can use it as an index
    /// of a table without a range check. Lengths beyond the last class have steps of their own. The computation has no branch.
    /// </summary>
    /// <param name="byteCount">Any number. Zero and negative numbers have the last step.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint StepOf(long byteCount)
    {
        var last = (ulong)byteCount - 1;
        var exponent = 63 ^ BitOperations.LeadingZeroCount(last | 8);
        return ((nuint)(uint)exponent << 3) + (nuint)(((ulong)byteCount * 8 - 8) >> exponent);
    }

    /// <summary>Returns the smallest class whose blocks hold <paramref name="byteCount"/> (1 to <see cref="MaxBlockBytes"/>).</summary>
    internal static int IndexOf(long byteCount)
    {
        var step = (int)StepOf(byteCount) - 24;
        return step switch
        {
            < StepsOfFirst => 0,
            < StepsOfFirst + StepsInPairs => 1 + ((step - StepsOfFirst) / 2),
            _ => step - (StepsOfFirst - 1) - (StepsInPairs / 2),
        };
    }

    /// <summary>Returns the first step of a class. The last step of the class precedes the first step of the next class.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int FirstStepOf(int index) => 24 + (
        index > StepsInPairs / 2 ? index + (StepsOfFirst - 1) + (StepsInPairs / 2)
        : index == 0 ? 0
        : StepsOfFirst + ((index - 1) * 2));

    internal static long BlockBytes(int index) => index < 5
        ? (index + 4L) << 2
        : ((index - 5) % 8 + 9L) << ((index - 5) / 8 + 2);

    /// <summary>
    /// Returns the smallest class whose blocks hold <paramref name="byteCount"/> bytes and are multiples of
    /// <paramref name="alignment"/>, a power of two; -1 if there is none.
    /// </summary>
    internal static int IndexOf(long byteCount, long alignment)
    {
        if (byteCount > MaxBlockBytes || alignment > MaxBlockBytes)
        {
            return -1;
        }

        var index = IndexOf(Math.Max(byteCount, alignment));
        while (index < Count && BlockBytes(index) % alignment != 0)
        {
            index++;
        }

        return index < Count ? index : -1;
    }
}
