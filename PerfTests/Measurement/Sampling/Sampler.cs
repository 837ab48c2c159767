namespace PerfTests.Measurement.Sampling;

/// <summary>
/// Takes chunks of all subjects in turn, in an order drawn anew each round, so that whatever the machine does
/// meets all of them alike.
/// </summary>
internal sealed class Sampler(SamplingOptions options, Random random)
{
    private const int WarmUpSamples = 3;

    /// <summary>Samples every subject; they must be set up.</summary>
    public SamplingResult Sample(IReadOnlyList<Subject> subjects)
    {
        StepLog.Phase("Warm up");

        // The longest subject decides how many rounds fit into the budget: all get the same number of chunks.
        var series = Shuffled(subjects).Select(subject => new SampleSeries(subject, options)).ToArray();
        foreach (var one in series)
        {
            one.WarmUp(WarmUpSamples);
        }

        foreach (var alike in series.GroupBy(one => one.Subject.Work, StringComparer.Ordinal))
        {
            var invocations = alike.Max(one => one.ProposedInvocations);
            foreach (var one in alike)
            {
                one.Prepare(invocations);
            }
        }

        var rounds = Rounds(series);
        var reference = new CalibrationSample[rounds];
        StepLog.Phase("Measure");
        for (var round = 0; round < rounds; round++)
        {
            reference[round] = CalibrationLoop.Sample();
            random.Shuffle(series);
            foreach (var one in series)
            {
                one.Take();
            }
        }

        foreach (var one in series)
        {
            one.CountManagedBytes();
        }

        return new SamplingResult(
            [.. series.OrderBy(one => one.Subject.Side, StringComparer.Ordinal).ThenBy(one => one.Subject.Copy).Select(one => one.ToSamples())],
            reference);
    }

    private int Rounds(SampleSeries[] series)
    {
        var roundNanoseconds = series.Sum(one => one.SampleNanoseconds);
        var affordable = (long)(options.Budget.TotalNanoseconds / roundNanoseconds);
        return affordable == 0
            ? SamplingOptions.SamplesBeyondBudget
            : (int)Math.Clamp(affordable, SamplingOptions.MinimumSamples, options.SamplesPerCopy);
    }

    private Subject[] Shuffled(IEnumerable<Subject> subjects)
    {
        var shuffled = subjects.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
