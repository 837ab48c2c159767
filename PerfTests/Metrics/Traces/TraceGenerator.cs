namespace PerfTests.Metrics.Traces;

/// <summary>
/// Makes a small trace with the traits of a real conversation trace that matter to an allocator: every prompt
/// starts with a shared system block, a conversation comes back with all its blocks and some new ones, and most
/// conversations end early. The constants are of our own choosing; only the shape is modelled on Mooncake's
/// published conversation trace (FAST'25), whose blocks are also referred to about 1.6 times each.
/// </summary>
public static class TraceGenerator
{
    /// <summary>The seed of the trace that ships with the tests.</summary>
    public const int ShippedSeed = 20260179;

    /// <summary>The number of requests of the trace that ships with the tests.</summary>
    public const int ShippedRequestCount = 14;

    private const int SystemBlock = 0;
    private const double ContinueProbability = 0.45;
    private const double MeanNewBlocks = 12;
    private const double MeanGapMilliseconds = 300;
    private const double MeanOutputTokens = 340;

    /// <summary>Makes a trace; the same seed makes the same trace on every machine.</summary>
    public static IReadOnlyList<TraceRequest> Generate(int seed, int requestCount)
    {
        // Random with a seed is the same algorithm on every platform and version (a documented compatibility promise).
        var random = new Random(seed);
        var open = new List<List<int>>();
        var requests = new List<TraceRequest>(requestCount);
        var nextBlock = SystemBlock + 1;
        double now = 0;
        while (requests.Count < requestCount)
        {
            var conversation = NextConversation(random, open);
            var newBlocks = 1 + (int)Exponential(random, MeanNewBlocks);
            conversation.AddRange(Enumerable.Range(nextBlock, newBlocks));
            nextBlock += newBlocks;

            var lastBlockTokens = random.Next(1, TraceRequest.TokensPerBlock + 1);
            var inputLength = ((conversation.Count - 1) * TraceRequest.TokensPerBlock) + lastBlockTokens;
            requests.Add(new TraceRequest(
                Math.Floor(now), inputLength, 1 + (int)Exponential(random, MeanOutputTokens), [.. conversation]));
            now += Exponential(random, MeanGapMilliseconds);
        }

        return requests;
    }

    private static List<int> NextConversation(Random random, List<List<int>> open)
    {
        if (open.Count > 0 && random.NextDouble() < ContinueProbability)
        {
            return open[random.Next(Math.Max(0, open.Count - 20), open.Count)];
        }

        List<int> started = [SystemBlock];
        open.Add(started);
        return started;
    }

    private static double Exponential(Random random, double mean) => -mean * Math.Log(1 - random.NextDouble());
}
