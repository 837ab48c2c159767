namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Orders to free a batch's blocks in. Several, so that a processor cannot learn one by heart; the same in every run.</summary>
internal static class RandomOrders
{
    private const int Length = 16 * Worker.MostBatchBlocks;

    /// <summary>Permutations of <c>0 .. blocks - 1</c>, one after the other; so many that they fill the same length for every batch size.</summary>
    public static int[] Of(int blocks)
    {
        var random = new Random(blocks);
        var orders = new int[Length];
        for (var first = 0; first < Length; first += blocks)
        {
            var order = orders.AsSpan(first, blocks);
            for (var i = 0; i < blocks; i++)
            {
                order[i] = i;
            }

            random.Shuffle(order);
        }

        return orders;
    }
}
