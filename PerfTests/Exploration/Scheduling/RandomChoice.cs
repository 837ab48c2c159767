namespace PerfTests.Exploration.Scheduling;

/// <summary>Chooses at random which member goes on and which is killed. The choices are recorded as deviations of the schedule.</summary>
/// <param name="random">Source of the choices.</param>
internal sealed class RandomChoice(Random random)
{
    private const int SwitchOneIn = 6, KillOneIn = 150;

    /// <summary>Adds a kill of the member that has reached a scheduling point, or adds none.</summary>
    internal void AddKill(List<Deviation> deviations, int step, int member)
    {
        if (member >= 0 && random.Next(KillOneIn) == 0 && !deviations.Any(deviation => deviation.IsKill))
        {
            deviations.Add(new Deviation(step, member, IsKill: true));
        }
    }

    /// <summary>Adds a switch to a member that can run, or adds none.</summary>
    internal void AddSwitch(List<Deviation> deviations, int step, uint canRun)
    {
        if (canRun != 0 && random.Next(SwitchOneIn) == 0)
        {
            var member = random.Next(int.PopCount((int)canRun));
            for (; member > 0; member--)
            {
                canRun &= canRun - 1;
            }

            deviations.Add(new Deviation(step, int.TrailingZeroCount((int)canRun), IsKill: false));
        }
    }
}
