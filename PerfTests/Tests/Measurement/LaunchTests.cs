using FluentAssertions;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;
using Xunit;

namespace PerfTests.Tests.Measurement;

[Category("Measurement")]
public sealed class LaunchTests
{
    [Fact]
    public void ThePoolWorksOnWhateverBecomesOfARow()
    {
        using var pool = new LaunchPool();
        IsMeasured(pool);
        FluentActions.Invoking(() => pool.Measure(0, Plans.Of<DyingScenario>(nameof(DyingScenario.Die))))
            .Should().Throw<BenchmarkFailedException>().WithMessage($"*DyingScenario*exit code {DyingScenario.ExitCode}*");
        IsMeasured(pool);
        FluentActions.Invoking(() => pool.Measure(0, Plans.Of<FailingScenario>(nameof(FailingScenario.Run), nameof(FailingScenario.Place), 2)))
            .Should().Throw<BenchmarkFailedException>().WithMessage($"In a fresh process: *{FailingScenario.Message}*");
        IsMeasured(pool);
        FluentActions.Invoking(() => pool.Measure(0, Plans.Of<MissingApiScenario>(nameof(MissingApiScenario.Call))))
            .Should().Throw<MissingApiException>().Where(missing => missing.Side == MeasurementPlan.OnlySide).WithMessage("*NewThing*");
        IsMeasured(pool);
    }

    [Fact]
    public void WhatAScenarioPrintsDoesNotDisturbTheAnswer()
    {
        using var process = new LaunchProcess();
        process.Measure(Plans.Of<TalkingScenario>(nameof(TalkingScenario.Talk))).Subjects.Should().ContainSingle();
    }

    [Fact]
    public void AProcessThatHasEndedIsReportedAndCanBeDisposed()
    {
        using var process = new LaunchProcess();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            FluentActions.Invoking(() => process.Measure(Plans.Of<DyingScenario>(nameof(DyingScenario.Die))))
                .Should().Throw<BenchmarkFailedException>().WithMessage($"*exit code {DyingScenario.ExitCode}*");
        }
    }

    [Fact]
    public void APlanAndAnAnswerSurviveTheWay()
    {
        var plan = Plans.Of<FailingScenario>("Run", "Place", 3, copies: 2, new SubjectVariant("a.b", 1.5));
        LaunchMessage.ReadQuestion(LaunchMessage.Write(new LaunchMessage.Question(7, plan))).Should().BeEquivalentTo(new LaunchMessage.Question(7, plan));
        var answer = new LaunchMessage.Answer(null, "why\nso", "base");
        LaunchMessage.Write(answer).Should().NotContain("\n");
        LaunchMessage.ReadAnswer(LaunchMessage.Write(answer)).Should().Be(answer);
    }

    private static void IsMeasured(LaunchPool pool) =>
        pool.Measure(0, Plans.Of<AllocatingScenario>(nameof(AllocatingScenario.Allocate), nameof(AllocatingScenario.ObjectsPerOperation), 1))
            .Subjects.Should().OnlyContain(subject => subject.ManagedBytesPerOperation == AllocatingScenario.ByteCount);
}
