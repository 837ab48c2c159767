namespace PerfTests.Tests.Reporting;

/// <summary>Values of a row as a report shows them, with a dash for a value that the row does not have.</summary>
/// <param name="Base">Value that the candidate was compared with.</param>
/// <param name="Candidate">Value that was judged.</param>
/// <param name="Change">Change in percent.</param>
/// <param name="Limit">Limit in percent, or bound.</param>
internal sealed record Shown(string Base, string Candidate, string Change, string Limit)
{
    /// <summary>Gets the texts that a sentence about the row contains.</summary>
    public IEnumerable<string> InSentence => new[] { Base, Candidate, Change }.Where(text => text != "-");

    /// <summary>Reads the cells base, candidate, change and limit, leaving out bold type and amounts beside the percentage.</summary>
    public static Shown OfCells(IReadOnlyList<string> cells) => new(
        cells[0],
        cells[1],
        cells[2].Trim('*'),
        cells[3].Split(" and ")[0].Replace("at least ", string.Empty, StringComparison.Ordinal)
            .Replace("at most ", string.Empty, StringComparison.Ordinal));
}
