using PerfTests.Baselines;
using PerfTests.Files;

namespace PerfTests.Running;

/// <summary>Describes which rows of a run were accepted.</summary>
internal static class AcceptanceText
{
    /// <summary>Returns the lines that describe an accepted run.</summary>
    /// <param name="outcome">Accepted rows, and rows that keep their earlier entry.</param>
    /// <param name="path">The baseline file.</param>
    /// <param name="consent">Reason for accepting worse values; null if the user gave none.</param>
    public static IReadOnlyList<string> Lines(AcceptanceOutcome outcome, string path, Consent? consent)
    {
        var file = ProjectRoot.Relative(path);
        var by = consent?.By is { } person ? $", started by {person}" : string.Empty;
        var remedy = consent is null ? $". To accept their values, give a reason: {Setting.UpdateReason.Name}=REASON" : string.Empty;
        string?[] lines =
        [
            outcome.Accepted.Count > 0
                ? $"{file} is updated with {CountText.Of(outcome.Accepted.Count, "row")}; commit it, unless a pipeline keeps it"
                : $"{file} is unchanged: no row of this run could be judged",
            outcome.DespiteRegression.Count > 0 && consent is not null
                ? $"accepted although worse: {string.Join(", ", outcome.DespiteRegression)}; reason: {consent.Reason}{by}"
                : null,
            outcome.First.Count > 0 ? $"accepted without a comparison: {string.Join(", ", outcome.First)}" : null,
            outcome.NotJudged.Count > 0
                ? $"not accepted, because they could not be judged: {string.Join(", ", outcome.NotJudged)}; "
                    + $"their earlier entries stay{remedy}"
                : null,
        ];
        return [.. lines.OfType<string>()];
    }
}
