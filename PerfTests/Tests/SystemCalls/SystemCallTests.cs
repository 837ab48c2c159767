using FluentAssertions;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.SystemCalls;
using PerfTests.Metrics;
using PerfTests.Running;
using PerfTests.Tests.Measurement;
using PerfTests.Verdicts;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.SystemCalls;

[Category("SystemCalls")]
public sealed class SystemCallTests
{
    private static readonly MetricRow s_free = Catalogue.Row("segment_free_time", Allocators.Shm);

    [Theory]
    [InlineData(nameof(SystemCallScenario.Nothing), 0)]
    [InlineData(nameof(SystemCallScenario.Three), 3)]
    public void Calls_are_counted_exactly(string method, int calls)
    {
        var tally = CountOrSkip(() => SystemCallCounter.Count(Side(method)));
        tally.Operations.Should().Be(SystemCallScenario.OperationsPerInvoke);
        tally.PerOperation.Should().Be(calls);
        tally.Text.Should().Be(calls == 0 ? "" : "geteuid 3");
    }

    [Fact]
    public void A_benchmark_that_fails_is_an_error_and_no_count() =>
        FluentActions.Invoking(() => CountOrSkip(() => SystemCallCounter.Count(Side(nameof(SystemCallScenario.Failing)))))
            .Should().Throw<BenchmarkFailedException>().WithMessage("*did not get ready*planned*");

    [Fact]
    public void A_version_that_lacks_what_a_benchmark_calls_is_told_from_a_failure() =>
        FluentActions.Invoking(() => CountOrSkip(() => SystemCallCounter.Count(
                new("old", typeof(MissingApiScenario).FullName!, nameof(MissingApiScenario.Call), new Dictionary<string, int>(), 1, "call"))))
            .Should().Throw<MissingApiException>().Where(missing => missing.Side == "old").WithMessage("*NewThing*");

    [Fact]
    public void One_call_more_than_needed_is_a_regression_that_names_all()
    {
        var judgement = CountOrSkip(() => SystemCallCheck.Run(new SystemCallCount("free", s_free, "munmap"), LibraryVersion.WorkingTree)).Judgement!;
        judgement.Verdict.Should().Be(Verdict.Regressed);
        judgement.Message.Should().MatchRegex("Regressed: system_calls_per_operation\\(shm, free\\) 2 \\(munmap 1, unlink(at)? 1\\), at most 1 \\(munmap\\); exact, of 64 operations");
    }

    [Fact]
    public void One_call_fewer_is_an_improvement() =>
        CountOrSkip(() => SystemCallCheck.Run(new SystemCallCount("free", s_free, "munmap", "unlink", "close"), LibraryVersion.WorkingTree))
            .Judgement!.Verdict.Should().Be(Verdict.Improved);

    private static SubjectSpecification Side(string method) => new("only", typeof(SystemCallScenario).FullName!, method, new Dictionary<string, int>(), 1, method);

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
