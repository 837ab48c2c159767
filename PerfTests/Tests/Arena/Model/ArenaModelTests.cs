using CsCheck;
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

    [Fact]
    public void AnyHistory_ProcessesAttachAndExit_ArenaMatchesTheModel()
    {
        Requires.SharedMemory(TouchedBytes);
        Step.Histories.Sample(
            history => Run(history.CapacityBytes, history.Steps),
            print: history => HistoryText.Of(history.CapacityBytes, history.Steps),
            iter: Soak.Dose(60, 400));
    }

    internal static void Run(long capacityBytes, IReadOnlyList<Step> steps)
    {
        using var world = new ModelWorld(capacityBytes);
        for (var number = 0; number < steps.Count; number++)
        {
            world.Do(steps[number]);
            ModelCheck.Check(world, number);
        }

        world.EndEmpty();
    }
}
