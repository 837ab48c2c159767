using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;
using PerfTests.Metrics;
using PerfTests.Metrics.Counted;
using PerfTests.Metrics.Traces;
using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Results;
using PerfTests.Verdicts;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Metrics;

/// <summary>Tests counted rows, whose values are counted instead of timed.</summary>
[Category("Catalogue")]
public sealed class CountedRowTests
{
    private static readonly CountedCheck s_check = new(new RowMeasurer(new LaunchPool(), new RowLog()));
    private static readonly CountedMetric s_utilisation = new ArenaUtilisation();
    private static readonly CountedMetric s_fragmentation = new ArenaFragmentation();
    private static readonly CountedMetric s_pageFaults = new PageFaultsPerOperation();

    [Theory]
    [InlineData(0.8801, Verdict.Passed, "Passed: *(arena, half) 88.01 % of the capacity, must be at least 88 % of the capacity; exact, *")]
    [InlineData(0.88, Verdict.Passed, "*(arena, half) 88 % of the capacity*")]
    [InlineData(0.8799, Verdict.Regressed, "Regressed: *(arena, half) 87.99 % of the capacity, must be at least 88 % of the capacity; *")]
    public void Check_HigherIsBetter_RegressesBelowTheBound(double value, Verdict verdict, string message) =>
        Judge(Row(s_utilisation, value, 0.88))
            .Should().Match<JudgementResult>(judgement => judgement.Verdict == verdict && judgement.BaselineValue == 0.88)
            .And.Subject.As<JudgementResult>().Message.Should().Match(message);

    [Theory]
    [InlineData(0.5, Verdict.Passed, "Passed: *(arena, half) 50 % of free memory, must be at most 50 % of free memory; *")]
    [InlineData(0.5001, Verdict.Regressed, "Regressed: *(arena, half) 50.01 % of free memory, must be at most 50 % of free memory; *")]
    public void Check_LowerIsBetter_RegressesAboveTheBound(double value, Verdict verdict, string message)
    {
        var judgement = Judge(Row(s_fragmentation, value, 0.5));
        judgement.Verdict.Should().Be(verdict);
        judgement.Message.Should().Match(message);
    }

    [Fact]
    public void Check_OnePageFaultInManyOperations_Regresses()
    {
        var judgement = Judge(Row(s_pageFaults, 0.0001, 0));
        judgement.Verdict.Should().Be(Verdict.Regressed);
        judgement.Message.Should()
            .Be("Regressed: page_faults_per_operation(arena, half) 0.0001 page faults, must be none; exact, of a test");
    }

    [Theory]
    [InlineData(true, Verdict.Improved)]
    [InlineData(false, Verdict.Passed)]
    public void Check_BetterThanTheBound_ImprovesOnlyIfTheBoundIsExact(bool isExact, Verdict verdict) =>
        Judge(Row(s_pageFaults, 1, 2) with { IsExact = isExact }).Verdict.Should().Be(verdict);

    [Fact]
    public void Check_VersionLacksTheApi_ThrowsUnusableLibrariesException()
    {
        var row = Row(s_pageFaults, 0, 0) with { Counting = Counting.By(CallNewThing) };
        var other = new LibraryVersion(AppContext.BaseDirectory, "another build");
        FluentActions.Invoking(() => s_check.Run(row, other, "")).Should().Throw<UnusableLibrariesException>().WithMessage("*NewThing*");
        FluentActions.Invoking(() => s_check.Run(row, LibraryVersion.WorkingTree, "")).Should()
            .Throw<MissingMethodException>("the suite's own libraries lack no API that the suite calls");
    }

    /// <summary>Fails like a method that calls an API missing from the libraries.</summary>
    public static (double Value, string Detail) CallNewThing() =>
        throw new MissingMethodException(typeof(CountedRowTests).FullName, "NewThing");

    /// <summary>Returns the length of the allocator's name.</summary>
    public static (double Value, string Detail) CountLetters(string allocator) => (allocator?.Length ?? 0, "of a test");

    [Fact]
    public void Count_MethodWithAllocatorParameter_ReceivesTheAllocatorInAnyVersion()
    {
        var row = Row(s_pageFaults, 0, 9) with { Counting = Counting.By(CountLetters) };
        s_check.Run(row, Elsewhere, "").Value.Should().Be("arena".Length);
        s_check.Run(row, LibraryVersion.WorkingTree, "").Value.Should().Be("arena".Length);
    }

    [Fact]
    [Trait(LinuxTests.Need, LinuxTests.Linux)]
    public void Count_SameLibrariesInAnotherFolder_GivesTheSameValue()
    {
        Requires.ArenaMetadata(SizeFilling.CapacityBytes, blockCount: 10_000);
        var row = s_utilisation.Rows.Single(row => row.Name == "trace_replay");
        s_check.Run(row, Elsewhere, "w").Value.Should().Be(s_check.Run(row, LibraryVersion.WorkingTree, "w").Value);
    }

    [Fact]
    public void Key_RowReplaysUserTrace_ContainsNameOfTrace()
    {
        var row = Row(s_utilisation, 1, 0.88) with { ReadsTrace = true };
        var other = s_check.Run(row, LibraryVersion.WorkingTree, "mine-12345678");
        other.Name.Should().Be("arena_utilisation/arena/half/trace=mine-12345678");
        other.Workload.Should().Be("mine-12345678");
        s_check.Run(row, LibraryVersion.WorkingTree, TraceIdentity.Shipped).Name.Should().Be("arena_utilisation/arena/half");
        s_check.Run(row with { ReadsTrace = false }, LibraryVersion.WorkingTree, "mine-12345678").Should()
            .Match<MetricResult>(result => result.Name == "arena_utilisation/arena/half" && result.Workload == null);
    }

    [Fact]
    public void OpenMetrics_RowReplaysUserTrace_LabelsStayTheSame()
    {
        var other = s_check.Run(Fixed(s_utilisation.Rows[^1], 0.75), LibraryVersion.WorkingTree, "mine-12345678");
        OpenMetricsReporter.Render(DocumentOf(other)).Should()
            .Contain("perf_arena_utilisation_ratio{machine=\"unknown\",allocator=\"arena\",of=\"trace_replay\"} 0.75\n");
    }

    [Fact]
    public void Render_CountedRow_ReportsShowBoundAndRoundedValue()
    {
        var result = s_check.Run(Fixed(s_utilisation.Rows[0], 0.88871234), LibraryVersion.WorkingTree, "w");
        var document = DocumentOf(result);
        OpenMetricsReporter.Render(document).Should()
            .Contain("perf_arena_utilisation_ratio{machine=\"unknown\",allocator=\"arena\",of=\"uniform_sizes\"} 0.889\n");
        ConsoleTable.Render(document).Should()
            .MatchRegex("arena_utilisation/arena/uniform_sizes +- +88.9 % of the capacity +- "
                + "+at least 88 % of the capacity +bound +Passed");
        MarkdownReporter.Render(document).Should()
            .Contain("| - | 88.9 % of the capacity | - | at least 88 % of the capacity | bound | Passed |");
        new AllureRow(result).Expected.Should().Be("at least 88 % of the capacity");
    }

    [Theory]
    [InlineData(0.88871234, 0.87, Verdict.Regressed)]
    [InlineData(0.87, 0.88871234, Verdict.Improved)]
    [InlineData(0.88871234, 0.88869, Verdict.Passed)]
    public void Compare_CountedRowsOfTwoFiles_IgnoresDigitsThatReportsDoNotShow(double before, double after, Verdict verdict)
    {
        var result = s_check.Run(Fixed(s_utilisation.Rows[0], before), LibraryVersion.WorkingTree, "w");
        ComparedRow.Of("k", result, result with { Value = after }, new Tolerance(10, 0)).Verdict.Should().Be(verdict);
    }

    [Theory]
    [InlineData(40, 41, "Sse", Verdict.Regressed)]
    [InlineData(40, 40.9, "Sse", Verdict.Passed)]
    [InlineData(41, 40, "Sse", Verdict.Improved)]
    [InlineData(40, 41, "Avx", Verdict.NotComparable)]
    public void Compare_CountsOfInstructions_ComparesOnlyEqualProcessorFeatures(
        double before, double after, string features, Verdict verdict) =>
        ComparedRow.Of(
            "k",
            ResultsSample.Instructions(before, new CompilationTarget(".NET 10", "Sse")),
            ResultsSample.Instructions(after, new CompilationTarget(".NET 10", features)),
            new Tolerance(10, 0)).Verdict.Should().Be(verdict);

    private static LibraryVersion Elsewhere { get; } =
        new(Path.GetDirectoryName(typeof(CountedRowTests).Assembly.Location)! + Path.DirectorySeparatorChar, "elsewhere");

    private static ResultsDocument DocumentOf(MetricResult result) =>
        new() { Metrics = new Dictionary<string, MetricResult> { [result.Name] = result }, Metadata = new ResultsMetadata() };

    private static CountedRow Row(CountedMetric metric, double value, double bound) =>
        Fixed(new CountedRow(metric, Allocators.Arena, "half", "", Counting.By(CallNewThing), bound), value);

    private static CountedRow Fixed(CountedRow row, double value) => row with { Counting = Counting.By(() => (value, "of a test")) };

    private static JudgementResult Judge(CountedRow row) => s_check.Run(row, LibraryVersion.WorkingTree, "w").Judgement!;
}
