using PerfTests.Metrics.Traces;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>
/// Replacements of a workload that keeps blocks live. The script is computed before the measurement and is the same in every
/// run, so all allocators do the same work and no random number is drawn while time is measured.
/// </summary>
internal sealed class ReplacementScript
{
    /// <summary>Number of blocks that each thread of <see cref="Workload.Larson"/> keeps live.</summary>
    private const int LarsonSlots = 1_000;

    /// <summary>Number of replacements of each thread of <see cref="Workload.Larson"/> before the threads swap their blocks.</summary>
    private const int LarsonUnit = 10 * LarsonSlots;

    private const int LogUniformSlots = 256;
    private const int ResidentTraceBlocks = 64;

    /// <summary>Size of a token in a trace, in bytes: a whole block of 512 tokens has 1 MiB.</summary>
    private const int BytesPerToken = (1 << 20) / TraceRequest.TokensPerBlock;

    /// <summary>Smallest block of <see cref="Workload.Larson"/> and <see cref="Workload.LogUniformSizes"/>, in bytes.</summary>
    private const int SmallestBytes = 16;

    /// <summary>Number of replacements in a unit of the workloads of one thread.</summary>
    private const int DefaultUnit = 256;

    private const int DefaultUnits = 256;
    private const int Seed = 20260128;

    private ReplacementScript(int[] initialBytes, Replacement[] steps, int stepsPerUnit) =>
        (InitialBytes, Steps, StepsPerUnit) = (initialBytes, steps, stepsPerUnit);

    /// <summary>Size of the block that each slot holds before the first step, in bytes.</summary>
    public int[] InitialBytes { get; }

    /// <summary>Steps of all units, which may be repeated without end.</summary>
    public Replacement[] Steps { get; }

    /// <summary>Number of steps in a unit; <see cref="Steps"/> holds a whole number of units.</summary>
    public int StepsPerUnit { get; }

    /// <summary>Returns the script of a workload; null if the workload is no sequence of replacements.</summary>
    /// <param name="workload">Workload.</param>
    /// <param name="blockBytes">Size of the largest block, in bytes.</param>
    /// <param name="liveBlocks">Number of live blocks of <see cref="Workload.RandomChurn"/>.</param>
    public static ReplacementScript? Of(Workload workload, int blockBytes, int liveBlocks)
    {
        var random = new Random(Seed);
        return workload switch
        {
            Workload.Larson => Draw(random, LarsonSlots, LarsonUnit, 16, () => random.Next(SmallestBytes, blockBytes + 1)),
            Workload.LogUniformSizes => Draw(
                random, LogUniformSlots, DefaultUnit, DefaultUnits, () => LogUniform(random.NextDouble(), blockBytes)),

            // The steps reach most blocks, so that the caches do not keep the few blocks of a short script.
            Workload.RandomChurn => Draw(
                random, liveBlocks, DefaultUnit, Math.Max(DefaultUnits, 1 + (liveBlocks / DefaultUnit)), () => blockBytes),
            Workload.TraceReplay => OfTrace(TraceFile.Read(TraceFile.Locate()), blockBytes),
            _ => null,
        };
    }

    /// <summary>Returns the peak number of bytes that are requested and not yet freed while steps run.</summary>
    /// <param name="steps">Number of steps that run, from the first on.</param>
    public long PeakBytes(int steps = int.MaxValue)
    {
        var held = (int[])InitialBytes.Clone();
        var sum = held.Sum(bytes => (long)bytes);
        var peak = sum;
        foreach (var step in Steps.Take(steps))
        {
            sum += step.ByteCount - held[step.Slot];
            held[step.Slot] = step.ByteCount;
            peak = Math.Max(peak, sum);
        }

        return peak;
    }

    /// <summary>Returns the script of a trace: the steps of a pass over the trace, after another pass has filled the slots.</summary>
    internal static ReplacementScript OfTrace(IEnumerable<TraceRequest> requests, int blockBytes)
    {
        var references = requests.SelectMany(SizedBlocks).Select(block => (block.Id, Bytes: Math.Min(block.Bytes, blockBytes))).ToArray();
        var slots = Math.Min(ResidentTraceBlocks, references.DistinctBy(block => block.Id).Count());
        var cache = new LeastRecentlyUsed(slots);
        var (slotOf, idIn, held) = (new Dictionary<int, int>(), new int[slots], new int[slots]);
        var steps = new List<Replacement>();
        for (var pass = 0; pass < 2; pass++)
        {
            steps.Clear();
            foreach (var (id, bytes) in references)
            {
                if (slotOf.TryGetValue(id, out var resident))
                {
                    cache.Touch(resident);
                    continue;
                }

                if (!cache.TryTakeFree(out var slot))
                {
                    slot = cache.TakeOldest();
                    slotOf.Remove(idIn[slot]);
                }

                (slotOf[id], idIn[slot]) = (slot, id);
                if (pass == 0)
                {
                    held[slot] = bytes;
                }

                steps.Add(new Replacement(slot, bytes));
            }
        }

        // A trace whose blocks are all resident replaces nothing. Such a trace is replayed as if its blocks were read anew.
        Replacement[] replacements = steps.Count > 0 ? [.. steps] : [.. held.Select((bytes, slot) => new Replacement(slot, bytes))];
        return new ReplacementScript(held, replacements, replacements.Length);
    }

    private static IEnumerable<(int Id, int Bytes)> SizedBlocks(TraceRequest request) => request.HashIds.Select((id, index) =>
    {
        var tokens = request.InputLength - ((long)index * TraceRequest.TokensPerBlock);
        return (id, (int)Math.Clamp(tokens, 1, TraceRequest.TokensPerBlock) * BytesPerToken);
    });

    private static ReplacementScript Draw(Random random, int slots, int stepsPerUnit, int units, Func<int> nextBytes)
    {
        int[] initial = [.. Enumerable.Range(0, slots).Select(_ => nextBytes())];
        var steps = new Replacement[stepsPerUnit * units];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = new Replacement(random.Next(slots), nextBytes());
        }

        return new ReplacementScript(initial, steps, stepsPerUnit);
    }

    private static int LogUniform(double fraction, int maxBytes) =>
        (int)(SmallestBytes * Math.Pow(maxBytes / (double)SmallestBytes, fraction));
}
