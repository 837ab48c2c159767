using CsCheck;
using Shm.Arena;

namespace PerfTests.Tests.Arena.Model;

/// <summary>Operations on an arena.</summary>
internal enum Act
{
    Allocate,
    AllocateMany,
    AllocateAligned,
    Free,
    FreeMany,
    FreeAgain,
    FreeForeign,
    HandOver,
    Offer,
    Claim,
    ReclaimOffered,
    Attach,
    End,
    EndInLock,
    Recover,
}

/// <summary>
/// One operation of a history. Its numbers select an existing process or block, modulo their count, so every history is valid.
/// </summary>
/// <param name="Act">Operation.</param>
/// <param name="Process">Number that selects the process that runs the operation.</param>
/// <param name="Target">Number that selects the live or freed block.</param>
/// <param name="Other">Number that selects the other process. Also gives the binary logarithm of the alignment.</param>
/// <param name="ByteCount">Size in bytes.</param>
internal readonly record struct Step(Act Act, int Process, int Target, int Other, long ByteCount)
{
    internal long Alignment => 1L << (Other % 22);

    /// <summary>
    /// Number of blocks if the operation allocates or frees many: up to 100, enough to fill a slab of 64 blocks and begin the
    /// next.
    /// </summary>
    internal int Count => 1 + (Target % 100);

    /// <summary>Size in bytes of each block if the operation allocates many. Hundreds of such blocks fit into the arena.</summary>
    internal long SmallByteCount => 1 + (ByteCount % 2_000);

    /// <summary>Generates histories, each with a capacity so small that the arena is sometimes full.</summary>
    internal static Gen<(long CapacityBytes, Step[] Steps)> Histories { get; } = Gen.Select(
        Gen.OneOf(ShmArenaOptions.MinCapacityBytes, (4L << 20) + 12_288, 64L << 20), Steps().Array[1, 200]);

    private static Gen<Step> Steps()
    {
        var sizes = Gen.OneOf<long>(Gen.Long[1, 300], Gen.Long[1, 300], Gen.Long[1, 70_000], Gen.Long[1, 5L << 20]);
        var acts = Gen.Frequency(
            (30, Act.Allocate), (3, Act.AllocateMany), (10, Act.AllocateAligned), (30, Act.Free), (3, Act.FreeMany), (3, Act.FreeAgain),
            (2, Act.FreeForeign), (8, Act.HandOver),
            (6, Act.Offer), (5, Act.Claim), (2, Act.ReclaimOffered), (5, Act.Attach), (4, Act.End), (1, Act.EndInLock), (3, Act.Recover));
        return Gen.Select(acts, Gen.Int[0, 9], Gen.Int[0, 999], Gen.Int[0, 21], sizes,
            (act, process, target, other, size) => new Step(act, process, target, other, size));
    }
}
