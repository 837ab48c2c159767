using System.Collections.Concurrent;
using CsCheck;
using FluentAssertions;
using Shm.Arena;
using Xunit;

namespace PerfTests.Tests.Arena.Model;

/// <summary>Runs random histories of an arena, and compares the arena with a simple model after each operation.</summary>
[Category("Arena"), Category(Soak.Category)]
public sealed class ArenaModelTests
{
    /// <summary>
    /// Shared memory that a history touches, in bytes: four times the measured value. It touches the ends of blocks and the
    /// metadata.
    /// </summary>
    private const long TouchedBytes = 8L << 20;

    /// <summary>Failures by history. A failure that depends on timing does not occur again, so it is kept.</summary>
    private readonly ConcurrentDictionary<Step[], Exception> _failures = new();

    [Fact]
    public void AnyHistory_ProcessesAttachAndExit_ArenaMatchesTheModel()
    {
        Requires.SharedMemory(TouchedBytes);
        Step.Histories.Sample(
            history => RunAndKeepFailure(history.CapacityBytes, history.Steps),
            print: history => HistoryText.Of(history.CapacityBytes, history.Steps, _failures.GetValueOrDefault(history.Steps)),
            iter: Soak.Dose(60, 400));
    }

    [Fact]
    public void Run_CheckFails_NamesTheStepAndTheReason()
    {
        Step[] steps = [new(Act.Allocate, 0, 0, 0, 64), new(Act.Recover, 0, 0, 0, 1)];

        var run = () => Run(ShmArenaOptions.MinCapacityBytes, steps, (_, number) => Must.Be(number, 0, "used bytes"));

        run.Should().Throw<InvalidOperationException>().WithMessage("step 2 of 2, Step { Act = Recover*: used bytes: is 1, expected 0");
    }

    [Fact]
    public void HistoryText_FailureDoesNotOccurAgain_BeginsWithTheReasonAndSaysSo()
    {
        Step[] steps = [new(Act.Attach, 0, 0, 0, 1), new(Act.Allocate, 0, 0, 0, 64)];

        var text = HistoryText.Of(ShmArenaOptions.MinCapacityBytes, steps, new InvalidOperationException("used bytes: is 1, expected 0"));

        text.Should().StartWith("used bytes: is 1, expected 0\n").And.Contain("2 of 2 steps, which did not fail when they were repeated");
    }

    internal static void Run(long capacityBytes, IReadOnlyList<Step> steps, Action<ModelWorld, int>? check = null)
    {
        using var world = new ModelWorld(capacityBytes);
        for (var number = 0; number < steps.Count; number++)
        {
            NameFailure($"step {number + 1} of {steps.Count}, {steps[number]}", () =>
            {
                world.Do(steps[number]);
                (check ?? ModelCheck.Check)(world, number);
            });
        }

        NameFailure("at the end", world.EndEmpty);
    }

    private static void NameFailure(string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new InvalidOperationException($"{what}: {failure.Message}", failure);
        }
    }

    private void RunAndKeepFailure(long capacityBytes, Step[] steps)
    {
        try
        {
            Run(capacityBytes, steps);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _failures[steps] = failure;
            throw;
        }
    }
}
