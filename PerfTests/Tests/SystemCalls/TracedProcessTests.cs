using FluentAssertions;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.SystemCalls;
using PerfTests.Measurement.Tracing;
using Xunit;

namespace PerfTests.Tests.SystemCalls;

/// <summary>Tests that a traced process cleans up after a count that ends early, and that a process that hangs is killed.</summary>
[Category("Measurement")]
public sealed class TracedProcessTests : IDisposable
{
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(3);

    private readonly TemporaryFolder _folder = new();

    private string LeftFile => Path.Combine(_folder.Path, "left");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dispose_ThreadNeverTraced_BenchmarkCleansUp()
    {
        using (Start(TracedProcess.TimeLimit))
        {
            File.Exists(LeftFile).Should().BeTrue();
        }

        File.Exists(LeftFile).Should().BeFalse("a system that refuses ptrace must not leave segments behind");
    }

    [Fact]
    public void Dispose_CountFails_BenchmarkCleansUp()
    {
        using (var process = Start(TracedProcess.TimeLimit))
        {
            FluentActions.Invoking(() => TraceOrSkip<int>(process, thread =>
            {
                thread.Attach(process.Input);
                throw new InvalidOperationException("planned");
            })).Should().Throw<InvalidOperationException>().WithMessage("planned");
        }

        File.Exists(LeftFile).Should().BeFalse();
    }

    [Fact]
    public void Dispose_CountFailsAtASystemCall_BenchmarkCleansUp()
    {
        using (var process = Start(TracedProcess.TimeLimit))
        {
            FluentActions.Invoking(() => TraceOrSkip<int>(process, thread =>
            {
                thread.Attach(process.Input);
                thread.Wait();
                throw new InvalidOperationException("planned");
            })).Should().Throw<InvalidOperationException>().WithMessage("planned");
        }

        File.Exists(LeftFile).Should().BeFalse();
    }

    [Fact]
    public void Start_SetupHangs_ThrowsAfterTheTimeLimit()
    {
        File.WriteAllText(LeftFile + TracedScenario.BlockSetup, string.Empty);
        FluentActions.Invoking(() => Start(s_short).Dispose()).Should().Throw<BenchmarkFailedException>()
            .WithMessage("Counting some/row was stopped*within 3 seconds*deadlock*TracedScenario.Run in a debugger.");
    }

    [Fact]
    public void Trace_BenchmarkHangs_ThrowsAfterTheTimeLimit()
    {
        using var process = Start(s_short);
        File.WriteAllText(LeftFile + TracedScenario.BlockBenchmark, string.Empty);
        FluentActions.Invoking(() => TraceOrSkip(process, thread => new Tracer(thread).Run(process.Input)))
            .Should().Throw<BenchmarkFailedException>().WithMessage("Counting some/row was stopped*deadlock*");
    }

    private TracedProcess Start(TimeSpan timeLimit)
    {
        var benchmark = new SubjectSpecification(
            "only", typeof(TracedScenario).FullName!, nameof(TracedScenario.Run), new Dictionary<string, int>(), 1, "some/row");
        return new TracedProcess(
            new TracedWork([benchmark], Repetitions: 1), timeLimit, (TracedScenario.LeftFileVariable, LeftFile));
    }

    private static T TraceOrSkip<T>(TracedProcess process, Func<TracedThread, T> work)
    {
        try
        {
            return process.Trace("test", work);
        }
        catch (CannotMeasureHereException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
