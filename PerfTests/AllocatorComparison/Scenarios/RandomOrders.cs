namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>
/// Orders in which the blocks of a batch are freed. There are several orders, because the processor would learn to predict a
/// single one. All runs use the same orders.
/// </summary>
internal static class RandomOrders
{
    private const int Length = 16 * Worker.MaxBatchBlocks;

    /// <summary>
    /// Returns several permutations of <c>0 .. blocks - 1</c>, one after the other. Their total length is the same for every
    /// batch size.
    /// </summary>
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
