using CsCheck;
using Xunit;

namespace PerfTests.Tests.Arena.Model;

[Trait("Category", "Arena")]
public sealed class ArenaModelTests
{
    private const int Histories = 400;

    [Fact]
    public void Whatever_processes_do_and_however_they_end_the_arena_is_what_a_simple_model_says() =>
        Step.Histories.Sample(
            history => Run(history.CapacityBytes, history.Steps),
            print: history => HistoryText.Of(history.CapacityBytes, history.Steps),
            iter: Histories);

    internal static void Run(long capacityBytes, IReadOnlyList<Step> steps)
    {
        using var world = new ModelWorld(capacityBytes);
        for (int number = 0; number < steps.Count; number++)
        {
            world.Do(steps[number]);
            ModelCheck.Check(world, number);
        }

        world.EndEmpty();
    }
}
