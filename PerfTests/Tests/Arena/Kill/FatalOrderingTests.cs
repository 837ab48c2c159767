using FluentAssertions;
using PerfTests.Tests.Arena.Kill.Driving;
using PerfTests.Tests.Arena.Kill.Injection;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>A kill test that can't fail proves nothing: where the protocol is broken, it must find out.</summary>
[Category("Kill")]
[Collection(nameof(SharedBuild))]
public sealed class FatalOrderingTests(InstrumentedLibraries libraries)
{
    private const int MostRounds = 1000;
    private const int HarmlessRounds = 10;

    public static TheoryData<string> Fatal => [.. OrderingTrial.Fatal.Select(trial => trial.Name)];

    public static TheoryData<string> Harmless => [.. OrderingTrial.Harmless.Select(trial => trial.Name)];

    [Theory]
    [MemberData(nameof(Fatal))]
    public void A_fatal_ordering_is_caught(string name)
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        OrderingTrial trial = OrderingTrial.Fatal.Single(trial => trial.Name == name);

        // What a stop leads to shows in a race between the one that goes on and the others.
        Requires.Cores(trial.Round(1).IsStop ? 2 : 1);
        using var session = new KillSession(libraries.Folder, seed: 1, trial.Mask);
        var rounds = FluentActions.Invoking(() =>
        {
            for (int round = 1; round <= MostRounds; round++)
            {
                session.Run(trial.Round(round));
            }
        });
        KillTestException caught = rounds.Should().Throw<KillTestException>($"{name} is fatal").Which;
        TestContext.Current.TestOutputHelper!.WriteLine($"after {session.Crew.KillCount} kills in {session.RoundCount} rounds: {caught.Message}");
    }

    /// <summary>Why each does no harm is said where it is listed; here it is shown.</summary>
    [Theory]
    [MemberData(nameof(Harmless))]
    public void An_ordering_that_the_words_make_harmless_is_survived(string name)
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        OrderingTrial trial = OrderingTrial.Harmless.Single(trial => trial.Name == name);
        using var session = new KillSession(libraries.Folder, seed: 1, trial.Mask);
        for (int round = 1; round <= HarmlessRounds; round++)
        {
            session.Run(trial.Round(round)).Should().BeTrue("the worker comes to the point");
        }
    }
}
