using FluentAssertions;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;
using PerfTests.Measurement.SystemCalls;
using PerfTests.Metrics.Counted;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Measurement;
using PerfTests.Verdicts;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.SystemCalls;

[Category("SystemCalls")]
public sealed class SystemCallTests
{
    private static readonly CountedCheck s_check = new(new RowMeasurer(new LaunchPool(), new RowLog()));
    private static readonly CountedRow s_free = new SystemCallsPerOperation().Rows.Single(row => row.Name == "free");

    [Theory]
    [InlineData(nameof(SystemCallScenario.Nothing), 0)]
    [InlineData(nameof(SystemCallScenario.Three), 3)]
    public void Count_KnownCalls_CountsThemExactly(string method, int calls)
    {
        var tally = CountOrSkip(() => SystemCallCounter.Count(Side(method)));
        tally.Operations.Should().Be(SystemCallScenario.OperationsPerInvoke);
        tally.PerOperation.Should().Be(calls);
        tally.Text.Should().Be(calls == 0 ? "" : "geteuid 3");
    }

    [Fact]
    public void Count_BenchmarkThrows_ThrowsBenchmarkFailedException() =>
        FluentActions.Invoking(() => CountOrSkip(() => SystemCallCounter.Count(Side(nameof(SystemCallScenario.Failing)))))
            .Should().Throw<BenchmarkFailedException>().WithMessage("*exited before it was ready*planned*");

    [Fact]
    public void Count_ApiMissing_ThrowsUnusableLibrariesException() =>
        FluentActions.Invoking(() => CountOrSkip(
                () => SystemCallCounter.Count(Side<MissingApiScenario>("old", nameof(MissingApiScenario.Call)))))
            .Should().Throw<UnusableLibrariesException>().Where(unusable => unusable.Side == "old").WithMessage("*NewThing*");

    [Fact]
    public void Check_OneCallMoreThanNeeded_RegressesAndListsAllCalls()
    {
        var judgement = Judge(s_free with { Bound = 1, BoundParts = "munmap" });
        judgement.Verdict.Should().Be(Verdict.Regressed);
        judgement.Message.Should().MatchRegex("Regressed: system_calls_per_operation\\(shm, free\\) 2 system calls, "
            + "must be at most 1 system call \\(munmap\\); exact, munmap 1, unlink(at)? 1 per operation, counted over 64 operations");
    }

    [Fact]
    public void Check_OneCallFewerThanNeeded_Improves() => Judge(s_free with { Bound = 3 }).Verdict.Should().Be(Verdict.Improved);

    private static JudgementResult Judge(CountedRow row) =>
        CountOrSkip(() => s_check.Run(row, LibraryVersion.WorkingTree, "w")).Judgement!;

    private static SubjectSpecification Side(string method) => Side<SystemCallScenario>("only", method);

    private static SubjectSpecification Side<TScenario>(string side, string method) =>
        new(side, typeof(TScenario).FullName!, method, new Dictionary<string, int>(), 1, method);

    private static T CountOrSkip<T>(Func<T> count)
    {
        try
        {
            return count();
        }
        catch (CannotMeasureHereException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
