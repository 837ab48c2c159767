namespace PerfTests.Peers.Scenarios;

/// <summary>Orders to free a batch's blocks in. Several, so that a processor cannot learn one by heart; the same in every run.</summary>
internal static class RandomOrders
{
    /// <summary>How many there are.</summary>
    public const int Count = 16;

    /// <summary>So many permutations of <c>0 .. blocks - 1</c>, one after the other.</summary>
    public static int[] Of(int blocks)
    {
        var random = new Random(blocks);
        var orders = new int[Count * blocks];
        for (var batch = 0; batch < Count; batch++)
        {
            var order = orders.AsSpan(batch * blocks, blocks);
            for (var i = 0; i < blocks; i++)
            {
                order[i] = i;
            }

            random.Shuffle(order);
        }

        return orders;
    }
}
