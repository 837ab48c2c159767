using FluentAssertions;
using PerfTests.KillTest;
using PerfTests.KillTest.Driving;
using PerfTests.KillTest.Instrumented;
using PerfTests.KillTest.Orderings;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>
/// Proves that the kill test can fail. It must detect each fatal ordering: an order of writes that loses blocks, or allocates
/// them twice, after a process is killed or stopped.
/// </summary>
[Category("Kill"), Category(Soak.Category)]
[Collection(nameof(SharedBuild))]
public sealed class FatalOrderingTests(InstrumentedLibraries libraries)
{
    private const int MaxRounds = 1000;
    private const int HarmlessRounds = 10;
    private const int FewTrials = 2;

    /// <summary>Number of orderings of each kind in a full dose. Three full doses try all of them.</summary>
    private const int TrialsOfFullDose = 3;

    public static TheoryData<string> Fatal => [.. OrderingTrial.Fatal.Take(Trials).Select(trial => trial.Name)];

    public static TheoryData<string> Harmless => [.. OrderingTrial.Harmless.Take(Trials).Select(trial => trial.Name)];

    private static int Trials => Soak.Dose(FewTrials, TrialsOfFullDose);

    [Theory]
    [MemberData(nameof(Fatal))]
    public void Run_OrderingThatLosesBlocks_Throws(string name)
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        OrderingTrial trial = OrderingTrial.Fatal.Single(trial => trial.Name == name);

        // A fault after a stop shows only if the continued process runs beside another process, and this needs two cores.
        Requires.Cores(trial.Round(1).IsStop ? 2 : 1);
        using var session = new KillSession(libraries.Folder, seed: 1, trial.Broken);
        var rounds = FluentActions.Invoking(() =>
        {
            for (var round = 1; round <= MaxRounds; round++)
            {
                session.Run(trial.Round(round));
            }
        });
        var caught = rounds.Should()
            .Throw<KillTestException>($"the ordering {name} loses blocks or allocates them twice").Which;
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"after {session.Workers.KillCount} kills in {session.RoundCount} rounds: {caught.Message}");
    }

    /// <summary><see cref="OrderingTrial.Harmless"/> says why each of these orderings does no harm.</summary>
    [Theory]
    [MemberData(nameof(Harmless))]
    public void Run_HarmlessOrdering_LosesNoBlock(string name)
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        OrderingTrial trial = OrderingTrial.Harmless.Single(trial => trial.Name == name);
        using var session = new KillSession(libraries.Folder, seed: 1, trial.Broken);
        for (var round = 1; round <= HarmlessRounds; round++)
        {
            session.Run(trial.Round(round)).Should().BeTrue("the worker must reach the crash window");
        }
    }
}
