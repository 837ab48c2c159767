using FluentAssertions;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;
using Xunit;

namespace PerfTests.Tests.Measurement;

/// <summary>Tests launches: measurements of a row by a fresh process.</summary>
[Category("Measurement")]
public sealed class LaunchTests
{
    [Fact]
    public void Measure_AfterFailedRow_MeasuresTheNextRow()
    {
        using var pool = new LaunchPool();
        IsMeasured(pool);
        FluentActions.Invoking(() => pool.Measure(0, Plans.Of<ExitingScenario>(nameof(ExitingScenario.Exit)), new RowLog()))
            .Should().Throw<BenchmarkFailedException>().WithMessage($"*ExitingScenario*exited with code {ExitingScenario.ExitCode}*");
        IsMeasured(pool);
        var failing = Plans.Of<FailingScenario>(nameof(FailingScenario.Run), nameof(FailingScenario.Place), 2);
        FluentActions.Invoking(() => pool.Measure(0, failing, new RowLog()))
            .Should().Throw<BenchmarkFailedException>()
            .WithMessage($"The benchmark failed in a fresh process: *{FailingScenario.Message}*");
        IsMeasured(pool);
        FluentActions.Invoking(() => pool.Measure(0, Plans.Of<MissingApiScenario>(nameof(MissingApiScenario.Call)), new RowLog()))
            .Should().Throw<UnusableLibrariesException>()
            .Where(unusable => unusable.Side == MeasurementPlan.CandidateSide)
            .WithMessage("*NewThing*");
        IsMeasured(pool);
    }

    [Fact]
    public void Measure_SeventhProcess_IsAnotherOneEachTime()
    {
        using var pool = new LaunchPool();
        IsMeasured(pool, process: 6);
        FluentActions.Invoking(() => pool.Measure(6, Plans.Of<ExitingScenario>(nameof(ExitingScenario.Exit)), new RowLog()))
            .Should().Throw<BenchmarkFailedException>();
        IsMeasured(pool, process: 6);
    }

    [Fact]
    public void Measure_ScenarioPrints_ReturnsSamples()
    {
        using var process = new LaunchProcess();
        process.Measure(Plans.Of<PrintingScenario>(nameof(PrintingScenario.Print)), new RowLog()).Subjects.Should().ContainSingle();
    }

    [Fact]
    public void Measure_ProcessExits_EachErrorHasTheExitCode()
    {
        using var process = new LaunchProcess();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            FluentActions.Invoking(() => process.Measure(Plans.Of<ExitingScenario>(nameof(ExitingScenario.Exit)), new RowLog()))
                .Should().Throw<BenchmarkFailedException>().WithMessage($"*exited with code {ExitingScenario.ExitCode}*");
        }
    }

    [Fact]
    public void Write_RequestAndResponse_AreReadBackUnchanged()
    {
        var plan = Plans.Of<FailingScenario>("Run", "Place", 3, copies: 2, new BenchmarkWrapper("a.b", 1.5));
        var request = new LaunchMessage.Request(7, plan);
        LaunchMessage.ReadRequest(LaunchMessage.Write(request)).Should().BeEquivalentTo(request);
        var response = new LaunchMessage.Response(null, "why\nso", MeasurementPlan.BaselineSide);
        LaunchMessage.Write(response).Should().NotContain("\n");
        LaunchMessage.ReadResponse(LaunchMessage.Write(response)).Should().Be(response);
    }

    private static void IsMeasured(LaunchPool pool, int process = 0) =>
        pool.Measure(
                process,
                Plans.Of<AllocatingScenario>(nameof(AllocatingScenario.Allocate), nameof(AllocatingScenario.ObjectsPerOperation), 1),
                new RowLog())
            .Subjects.Should().OnlyContain(subject => subject.ManagedBytesPerOperation == AllocatingScenario.ByteCount);
}
