using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Sampling;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.SelfTest;
using PerfTests.Statistics;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Verdicts;

/// <summary>
/// Tests that no verdict passes on a value that cannot have been measured, or on no value at all. Every comparison with NaN is
/// false, so a rule that looks only for changes would find none.
/// </summary>
[Category("Verdict")]
public sealed class ImpossibleValueTests
{
    private static readonly Tolerance s_tolerance = new(10, 0.2);

    public static TheoryData<double> Impossible => [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -1];

    public static TheoryData<double> ImpossibleCounts => [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1];

    [Theory]
    [MemberData(nameof(Impossible))]
    public void PairedRule_OneImpossibleSample_IsInconclusive(double impossible)
    {
        for (var side = 0; side < 3; side++)
        {
            foreach (var isWall in new[] { true, false })
            {
                Judge(side, copy => isWall ? copy with { Wall = Spoil(copy.Wall) } : copy with { Cpu = Spoil(copy.Cpu) });
            }
        }

        double[] Spoil(IReadOnlyList<double> samples) => [.. samples.Skip(1), impossible];
    }

    [Fact]
    public void PairedRule_NoCopiesOrNoSamples_IsInconclusive()
    {
        for (var side = 0; side < 3; side++)
        {
            Judge(side, copy => copy with { Wall = [] });
            Judge(side, copy => copy with { Cpu = [] });
            Judge(side, _ => null);
        }
    }

    [Fact]
    public void PairedRule_StatisticsOverflow_IsInconclusive()
    {
        var copy = new CopySamples([double.Epsilon], [double.Epsilon]);
        var slow = new CopySamples([double.MaxValue], [double.MaxValue]);
        var process = new PairedProcess([copy], [slow], [copy]);
        PairedRule.Judge([.. Enumerable.Repeat(process, PairedRule.MaximumProcesses)], s_tolerance).Should().Be(Verdict.Inconclusive);
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.NaN)]
    [InlineData(-1, 0)]
    public void AnyRule_ImpossibleTolerance_IsInconclusive(double percent, double nanoseconds)
    {
        var tolerance = new Tolerance(percent, nanoseconds);
        PairedRule.Judge(PairedData.Processes(PairedRule.MaximumProcesses, 50, 50), tolerance).Should().Be(Verdict.Inconclusive);
        RequireInconclusive(StoredBaselineRule.Compare(Direction.Lower, [new(150, 1)], [new(100, 1)], tolerance));
        RequireInconclusive(StoredBaselineRule.Compare(Direction.Lower, 150, 100, tolerance));
    }

    [Theory]
    [MemberData(nameof(Impossible))]
    public void StoredBaselineRule_OneImpossibleValue_IsInconclusive(double impossible)
    {
        foreach (var direction in Enum.GetValues<Direction>())
        {
            foreach (var spoiled in new LaunchMinima[] { new(impossible, 1), new(100, impossible), new(100, 1, impossible) })
            {
                LaunchMinima[] launches = [new(100, 1, 1), spoiled], sound = [new(100, 1, 1), new(100, 1, 1)];
                RequireInconclusive(StoredBaselineRule.Compare(direction, launches, sound, s_tolerance));
                RequireInconclusive(StoredBaselineRule.Compare(direction, sound, launches, s_tolerance));
            }

            RequireInconclusive(StoredBaselineRule.Compare(direction, impossible, 100, s_tolerance));
            RequireInconclusive(StoredBaselineRule.Compare(direction, 100, impossible, s_tolerance));
        }
    }

    [Fact]
    public void StoredBaselineRule_NoLaunches_IsInconclusive()
    {
        RequireInconclusive(StoredBaselineRule.Compare(Direction.Lower, [], [new(100, 1)], s_tolerance));
        RequireInconclusive(StoredBaselineRule.Compare(Direction.Lower, [new(100, 1)], [], s_tolerance));
    }

    [Theory]
    [MemberData(nameof(ImpossibleCounts))]
    public void CountAndBoundRules_ImpossibleValue_AreInconclusive(double impossible)
    {
        foreach (var direction in Enum.GetValues<Direction>())
        {
            CountRule.Compare(direction, impossible, 5).Should().Be(Verdict.Inconclusive);
            CountRule.Compare(direction, 5, impossible).Should().Be(Verdict.Inconclusive);
            BoundRule.Judge(direction, impossible, 5).Should().Be(Verdict.Inconclusive);
            BoundRule.Judge(direction, impossible, 5, isExact: true).Should().Be(Verdict.Inconclusive);
        }
    }

    [Theory]
    [InlineData(Direction.Lower, 4, Verdict.Passed, Verdict.Improved)]
    [InlineData(Direction.Lower, 5, Verdict.Passed, Verdict.Passed)]
    [InlineData(Direction.Lower, 6, Verdict.Regressed, Verdict.Regressed)]
    [InlineData(Direction.Higher, 6, Verdict.Passed, Verdict.Improved)]
    [InlineData(Direction.Higher, 4, Verdict.Regressed, Verdict.Regressed)]
    public void BoundRule_AnyValue_ImprovesOnlyIfTheBoundIsExact(Direction direction, double value, Verdict verdict, Verdict exact)
    {
        BoundRule.Judge(direction, value, 5).Should().Be(verdict);
        BoundRule.Judge(direction, value, 5, isExact: true).Should().Be(exact);
    }

    [Theory]
    [MemberData(nameof(Impossible))]
    public void UnpairedRatio_ImpossibleRatio_HasNoSign(double impossible) => UnpairedRatio.Sign(impossible).Should().BeNull();

    [Theory]
    [MemberData(nameof(Impossible))]
    public void ValueNoise_ImpossibleLaunch_IsNotCounted(double impossible) =>
        ValueNoise.Fraction([new(100, 1), new(105, 1), new(impossible, 1)]).Should().BeApproximately(0.05, 1e-9);

    [Fact]
    public void RunVerdict_RowWithoutVerdict_IsNotGood()
    {
        new RunVerdict([Verdict.Passed, null], 0, 0, 2, false).IsGood.Should().BeFalse();
        new RunVerdict([], 0, 0, 0, false).IsGood.Should().BeFalse();
        new RunVerdict([Verdict.Passed], 0, 0, 1, false).IsGood.Should().BeTrue();
    }

    [Fact]
    public void MedianAndQuartiles_NaNOrNoValue_AreNaN()
    {
        foreach (var values in new double[][] { [], [1, double.NaN, 2, 3, 4] })
        {
            Median.Of(values).Should().Be(double.NaN);
            Quartiles.Of(values).Should().Be(new Quartiles(double.NaN, double.NaN, double.NaN));
            Batches.Medians(values).Should().Equal(double.NaN);
        }
    }

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Launch_ImpossibleTime_CannotBeMeasured(double impossible)
    {
        var calibration = new CalibrationSample(1, 1);
        var sound = Result([1.0, 2], [1.0, 2], calibration);
        Launch.Of(sound, "side").Minima.IsPossible.Should().BeTrue();
        foreach (var spoiled in new[]
        {
            Result([1, impossible], [1, 1], calibration),
            Result([1, 1], [1, impossible], calibration),
            Result([], [1], calibration),
            Result([1], [], calibration),
            Result([1], [1], new CalibrationSample(impossible, 1)),
            Result([1], [1], new CalibrationSample(1, impossible)),
            new SamplingResult([], [calibration]),
            sound with { CalibrationSamples = [] },
        })
        {
            FluentActions.Invoking(() => Launch.Of(spoiled, "side")).Should().Throw<CannotMeasureHereException>();
        }

        static SamplingResult Result(double[] wall, double[] cpu, CalibrationSample calibration) =>
            new([new SubjectSamples("side", 0, 1, wall, cpu, 0)], [calibration]);
    }

    [Theory]
    [MemberData(nameof(ImpossibleCounts))]
    public void ComparedRow_ImpossibleValue_IsNotComparable(double impossible)
    {
        foreach (var unit in new[] { MetricUnit.Nanoseconds.Name, "bytes" })
        {
            var (sound, spoiled) = (Row(unit, 5), Row(unit, impossible));
            ComparedRow.Of("row", sound, spoiled, s_tolerance).Verdict.Should().Be(Verdict.NotComparable);
            ComparedRow.Of("row", spoiled, sound, s_tolerance).Verdict.Should().Be(Verdict.NotComparable);
            ComparedRow.Of("row", sound, sound, s_tolerance).Verdict.Should().Be(Verdict.Passed);
        }

        static MetricResult Row(string unit, double value) => new() { Name = "row", Unit = unit, Value = value };
    }

    [Fact]
    public void SelfTest_NoTrialOrNoDecidedTrial_Fails()
    {
        var tally = new RowTally(Catalogue.Rows.First(), new Tolerance(3, 0));
        SelfTestRule.FindFault([]).Should().StartWith("No trial ended");
        SelfTestRule.FindFault([tally]).Should().StartWith("No trial ended");
        tally.Equal.Add(Verdict.Passed, 0);
        SelfTestRule.FindFault([tally]).Should().BeNull("the user asked for no slowdown");
        tally.Slowed.Add(Verdict.Inconclusive, 0);
        SelfTestRule.FindFault([tally]).Should().StartWith("All trials of slowed benchmarks were inconclusive");
        tally.Slowed.Add(Verdict.Regressed, 20);
        SelfTestRule.FindFault([tally]).Should().BeNull();
        tally.Equal.Add(Verdict.Regressed, 20);
        SelfTestRule.FindFault([tally]).Should().StartWith("Equal versions regressed");
    }

    /// <summary>Judges the most processes after changing each layout copy of one side in one process; null removes the copy.</summary>
    private static void Judge(int side, Func<CopySamples, CopySamples?> change)
    {
        foreach (var count in new[] { PairedRule.MinimumProcesses, PairedRule.MaximumProcesses })
        {
            var processes = PairedData.Processes(count, 0, 0);
            var last = processes[^1];
            CopySamples[] Changed(IReadOnlyList<CopySamples> copies) => [.. copies.Select(change).OfType<CopySamples>()];
            processes[^1] = side switch
            {
                0 => last with { Baseline = Changed(last.Baseline) },
                1 => last with { Candidate = Changed(last.Candidate) },
                _ => last with { Control = Changed(last.Control) },
            };
            PairedRule.Judge(processes, s_tolerance).Should().Be(Verdict.Inconclusive);
        }
    }

    private static void RequireInconclusive(StoredComparison comparison)
    {
        StoredBaselineRule.WithoutConfirming(comparison).Should().Be(Verdict.Inconclusive);
        StoredBaselineRule.AfterConfirming(comparison, MetricKind.Computing).Should().Be(Verdict.Inconclusive);
    }
}
