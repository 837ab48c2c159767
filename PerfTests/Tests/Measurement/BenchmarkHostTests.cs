using FluentAssertions;
using PerfTests.Files;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;
using Xunit;

namespace PerfTests.Tests.Measurement;

[Category("Measurement")]
public sealed class BenchmarkHostTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    public void Run_BenchmarkThrows_ErrorQuotesItsMessage(int place, int copies) =>
        FluentActions.Invoking(() => BenchmarkHost.Run(Failing(place, copies)))
            .Should().Throw<BenchmarkFailedException>().WithMessage($"*FailingScenario.Run(Place={place})*{FailingScenario.Message}*");

    [Fact]
    public void Run_TwoLayoutCopies_ReturnsSamplesOfEachCopy()
    {
        var run = BenchmarkHost.Run(Failing(0, copies: 2));
        run.Samples.Subjects.Select(subject => subject.Copy).Should().Equal(0, 1);
        foreach (var subject in run.Samples.Subjects)
        {
            subject.WallNanoseconds.Should().HaveCount(SamplingOptions.MinimumSamples).And.OnlyContain(time => time > 0);
            subject.CpuNanoseconds.Should().HaveCount(SamplingOptions.MinimumSamples);
            (subject.OperationsPerSample % 16).Should().Be(0);
        }

        run.Samples.CalibrationSamples.Should().HaveCount(SamplingOptions.MinimumSamples);
        run.Summary.Reports.Should().ContainSingle();
    }

    [Fact]
    public void Run_ParameterValueNotDeclared_ErrorNamesTheValue() =>
        FluentActions.Invoking(() => BenchmarkHost.Run(Failing(9, 1)))
            .Should().Throw<BenchmarkFailedException>()
            .WithMessage("FailingScenario has no benchmark FailingScenario.Run(Place=9)*[Params]*");

    [Fact]
    public void Run_MethodWithoutBenchmarkAttribute_ErrorNamesTheMethod() =>
        FluentActions.Invoking(() => BenchmarkHost.Run(Plans.Of<FailingScenario>("Walk")))
            .Should().Throw<BenchmarkFailedException>().WithMessage("*no benchmark FailingScenario.Walk()*[Benchmark]*");

    [Fact]
    public void Run_LibrariesLackApi_ErrorNamesVersionAndApi() =>
        FluentActions.Invoking(() => BenchmarkHost.Run(Plans.Of<MissingApiScenario>(nameof(MissingApiScenario.Call))))
            .Should().Throw<UnusableLibrariesException>()
            .Where(unusable => unusable.Side == MeasurementPlan.CandidateSide)
            .WithMessage("*NewThing*");

    [Fact]
    public void Run_SuccessOrFailure_LeavesNoFilesAndPrintsNothing()
    {
        using var folder = new TemporaryFolder();
        var (before, outBefore, errorBefore) = (Environment.CurrentDirectory, Console.Out, Console.Error);
        using var printed = new StringWriter();
        try
        {
            Environment.CurrentDirectory = folder.Path;
            Console.SetOut(printed);
            Console.SetError(printed);
            BenchmarkHost.Run(Failing(0, copies: 2));
            FluentActions.Invoking(() => BenchmarkHost.Run(Failing(2, copies: 1))).Should().Throw<BenchmarkFailedException>();
        }
        finally
        {
            Console.SetOut(outBefore);
            Console.SetError(errorBefore);
            Environment.CurrentDirectory = before;
        }

        printed.ToString().Should().BeEmpty();
        Directory.GetFileSystemEntries(folder.Path).Should().BeEmpty();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    public void Run_AllocatingBenchmark_CountsManagedBytesExactly(int objectsPerOperation, int copies) =>
        BenchmarkHost.Run(Plans.Of<AllocatingScenario>(
                nameof(AllocatingScenario.Allocate), nameof(AllocatingScenario.ObjectsPerOperation), objectsPerOperation, copies))
            .Samples.Subjects.Should().HaveCount(copies)
            .And.OnlyContain(subject => subject.ManagedBytesPerOperation == objectsPerOperation * AllocatingScenario.ByteCount);

    private static MeasurementPlan Failing(int place, int copies) =>
        Plans.Of<FailingScenario>(nameof(FailingScenario.Run), nameof(FailingScenario.Place), place, copies);
}
