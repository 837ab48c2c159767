namespace PerfTests.Measurement.Sampling;

/// <summary>
/// Takes samples of all subjects in rounds. Each round takes one sample of each subject, in a new random order, so that changes of
/// the machine's speed affect all subjects alike.
/// </summary>
internal sealed class Sampler(SamplingOptions options, Random random, RowLog log)
{
    private const int WarmUpSamples = 3;

    /// <summary>Samples every subject.</summary>
    /// <param name="subjects">Subjects that have been set up.</param>
    public SamplingResult Sample(IReadOnlyList<Subject> subjects)
    {
        log.Phase("Warm up");

        // All subjects get the same number of samples, so the duration of a whole round decides how many rounds fit into the budget.
        var series = Shuffled(subjects).Select(subject => new SampleSeries(subject, options)).ToArray();
        foreach (var one in series)
        {
            one.WarmUp(WarmUpSamples);
        }

        foreach (var sameWork in series.GroupBy(one => one.Subject.Work, StringComparer.Ordinal))
        {
            var invocations = sameWork.Max(one => one.ProposedInvocations);
            foreach (var one in sameWork)
            {
                one.Prepare(invocations);
            }
        }

        var rounds = Rounds(series);
        var calibration = new CalibrationSample[rounds];
        log.Phase("Measure");
        for (var round = 0; round < rounds; round++)
        {
            calibration[round] = CalibrationLoop.Sample();
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
            [
                .. series.OrderBy(one => one.Subject.Side, StringComparer.Ordinal)
                    .ThenBy(one => one.Subject.Copy)
                    .Select(one => one.ToSamples()),
            ],
            calibration);
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
