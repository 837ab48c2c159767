using FluentAssertions;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Instructions;
using PerfTests.Metrics;
using PerfTests.Metrics.Counted;
using PerfTests.Running;
using PerfTests.Tests.Measurement;
using PerfTests.Verdicts;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Instructions;

/// <summary>Tests counting instructions of a child process. Skipped where ptrace is refused.</summary>
[Category("Instructions")]
[Trait(LinuxTests.Need, LinuxTests.Linux)]
public sealed class InstructionCounterTests
{
    [Fact]
    public void Count_SameBenchmarkInTwoProcesses_GivesTheSameNumber()
    {
        var first = CountOrSkip(() => InstructionCounter.Count(Loop(64)))[0];
        InstructionCounter.Count(Loop(64))[0].Instructions.Should().Be(first.Instructions);
        first.Operations.Should().Be(64);
    }

    [Fact]
    public void Count_LoopWithMoreRepetitions_GrowsByTheInstructionsOfTheLoop()
    {
        var counts = CountOrSkip(() => InstructionCounter.Count(Loop(10), Loop(20), Loop(30)));
        var growth = counts[1].Instructions - counts[0].Instructions;
        growth.Should().BeInRange(30, 60, "10 repetitions have an exclusive or, an addition, an increment, a comparison and a jump");
        (counts[2].Instructions - counts[1].Instructions).Should().Be(growth);
    }

    [Fact]
    public void Count_Loop_NamesTheMethodThatRunsMostInstructions() =>
        CountOrSkip(() => InstructionCounter.Count(Loop(64)))[0].ByMethod.MaxBy(method => method.Value).Key
            .Should().Be("InstructionScenario.Loop");

    [Fact]
    public void Count_NumbersDiffer_ThrowsAndListsThem()
    {
        CountOrSkip(() => InstructionCounter.Count(Loop(1)));
        FluentActions.Invoking(() => InstructionCounter.Count(Side<InstructionScenario>(nameof(InstructionScenario.LongerEachTime))))
            .Should().Throw<CannotMeasureHereException>().WithMessage("*LongerEachTime*different numbers of instructions (*, *, *)*");
    }

    [Fact]
    public void Count_ApiMissingInTheSecondSide_NamesThatSide() =>
        FluentActions.Invoking(() => CountOrSkip(() => InstructionCounter.Count(
                Loop(1), Side<MissingApiScenario>(nameof(MissingApiScenario.Call)) with { Side = "second" })))
            .Should().Throw<UnusableLibrariesException>().Where(unusable => unusable.Side == "second").WithMessage("*NewThing*");

    [Fact]
    public void Count_TypeMissing_NamesTheSideAndTheApi() =>
        FluentActions.Invoking(() => CountOrSkip(() => InstructionCounter.Count(
                Loop(1), Side<MissingTypeScenario>(nameof(MissingTypeScenario.Run)) with { Side = "second" })))
            .Should().Throw<UnusableLibrariesException>()
            .Where(unusable => unusable.Side == "second" && unusable.LacksApi).WithMessage("*NewThing*");

    [Fact]
    public void Count_BaselineThrows_NamesTheBaseline() =>
        FluentActions.Invoking(() => CountOrSkip(() => InstructionCounter.Count(
                Loop(1),
                Side<FailingScenario>(nameof(FailingScenario.Run)) with
                {
                    Side = MeasurementPlan.BaselineSide,
                    Parameters = new Dictionary<string, int> { [nameof(FailingScenario.Place)] = 2 },
                })))
            .Should().Throw<UnusableLibrariesException>()
            .Where(unusable => unusable.IsOfBaseline && !unusable.LacksApi).WithMessage($"*{FailingScenario.Message}*");

    [Fact]
    public void Count_ThreeBuilds_OnlyThePlantedInstructionIsFound()
    {
        using var folder = new TemporaryFolder();
        var same = SourceBuilder.Build(folder.Path, "same", []);
        var planted = SourceBuilder.Build(
            folder.Path, "planted", [ProjectRoot.Resolve("PerfTests/Planting/lookup-one-more-instruction.patch")]);
        var row = new InstructionsPerOperation().Rows.Single(row => row is { Allocator: Allocators.Arena, Name: "lookup" });
        var counts = CountOrSkip(() => RowCounter.CountInstructions(
            (Counting.Instructions)row.Counting, ("working tree", LibraryVersion.WorkingTree), ("same", same), ("planted", planted)));
        counts[1].Instructions.Should().Be(counts[0].Instructions);
        counts[2].Instructions.Should().BeGreaterThanOrEqualTo(counts[0].Instructions + counts[0].Operations);
        InstructionRule.Compare(counts[2].PerOperation, counts[0].PerOperation).Should().Be(Verdict.Regressed);
        InstructionText.Methods(counts[0], counts[2])
            .Should().MatchRegex(@"^: (ArithmeticLookupScenario\.Resolve|ShmArena\.TryResolve) \+");
    }

    private static SubjectSpecification Loop(int repetitions) =>
        Side<InstructionScenario>(nameof(InstructionScenario.Loop)) with { Operations = repetitions };

    private static SubjectSpecification Side<TScenario>(string method) =>
        new("only", typeof(TScenario).FullName!, method, new Dictionary<string, int>(), 1, method);

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
