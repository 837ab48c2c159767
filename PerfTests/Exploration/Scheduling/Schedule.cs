namespace PerfTests.Exploration.Scheduling;

/// <summary>
/// An order in which the members of a scenario run: the deviations from the default order, by step. Together with the scenario,
/// the schedule determines a run completely.
/// </summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Deviations">Deviations in the order of their steps.</param>
internal sealed record Schedule(string Scenario, IReadOnlyList<Deviation> Deviations)
{
    private const char NameMark = '/', DeviationMark = ',';

    /// <summary>Returns a text such as <c>remote-free/12&gt;1,20x0</c>, with which <c>explore --replay</c> repeats the run.</summary>
    public override string ToString() => $"{Scenario}{NameMark}{string.Join(DeviationMark, Deviations)}";

    /// <summary>Reads the text of <see cref="ToString"/>.</summary>
    /// <exception cref="FormatException">The text is no schedule.</exception>
    internal static Schedule Parse(string text)
    {
        if (text.Split(NameMark) is not [var name, var list])
        {
            throw new FormatException($"\"{text}\" is not SCENARIO{NameMark}DEVIATIONS, such as remote-free{NameMark}12>1,20x0.");
        }

        Deviation[] deviations = [.. list.Split(DeviationMark, StringSplitOptions.RemoveEmptyEntries).Select(Deviation.Parse)];
        return deviations.Zip(deviations.Skip(1)).All(pair => pair.First.Step <= pair.Second.Step)
            ? new Schedule(name, deviations)
            : throw new FormatException($"\"{text}\" does not list its deviations in the order of their steps.");
    }

    /// <summary>Returns true if the text is a schedule.</summary>
    internal static bool IsSchedule(string text)
    {
        try
        {
            Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
