namespace PerfTests.Metrics.Traces;

/// <summary>
/// Generates a small trace that resembles a real conversation trace where it matters to an allocator: every prompt starts with a
/// shared system block, each turn of a conversation refers to its earlier blocks and adds some, and most conversations end early.
/// The shape follows Mooncake's published conversation trace (FAST'25), whose blocks are referred to about 1.6 times each; the
/// constants are our own.
/// </summary>
public static class TraceGenerator
{
    /// <summary>Seed of the trace that ships with the tests.</summary>
    public const int ShippedSeed = 20260179;

    /// <summary>Number of requests of the trace that ships with the tests.</summary>
    public const int ShippedRequestCount = 14;

    private const int SystemBlock = 0;
    private const double ContinueProbability = 0.45;
    private const double MeanNewBlocks = 12;
    private const double MeanGapMilliseconds = 300;
    private const double MeanOutputTokens = 340;

    /// <summary>Generates a trace. The same seed gives the same trace on every machine.</summary>
    public static IReadOnlyList<TraceRequest> Generate(int seed, int requestCount)
    {
        // .NET documents that Random with a seed keeps its algorithm on every platform and version.
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
