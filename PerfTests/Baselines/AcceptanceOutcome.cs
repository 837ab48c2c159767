namespace PerfTests.Baselines;

/// <summary>Rows of a run whose values became the baseline, and rows that keep their earlier entry.</summary>
/// <param name="Accepted">Keys of the rows whose values were stored.</param>
/// <param name="DespiteRegression">Keys of the stored rows that are worse than before; the given reason was stored with them.</param>
/// <param name="First">Keys of the stored rows that nothing could be compared with.</param>
/// <param name="NotJudged">Keys of the rows that could not be judged. They keep their earlier entry, if they have one.</param>
public sealed record AcceptanceOutcome(
    IReadOnlyList<string> Accepted,
    IReadOnlyList<string> DespiteRegression,
    IReadOnlyList<string> First,
    IReadOnlyList<string> NotJudged);
