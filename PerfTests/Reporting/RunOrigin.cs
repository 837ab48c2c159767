using System.Globalization;
using System.Text;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Describes in Markdown which versions a run compared, and where.</summary>
internal static class RunOrigin
{
    private const int ShortHashLength = 7;

    /// <summary>Returns a list with the machine, the commits and the baselines.</summary>
    public static string Render(ResultsDocument results)
    {
        var metadata = results.Metadata;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"- machine class {SafeText.Code(metadata.MachineClass ?? "unknown")}\n");
        text.Append(CultureInfo.InvariantCulture, $"- {Head(metadata)}\n");
        var time = results.TimestampText is { } foreign ? SafeText.Code(foreign) : results.TimeText;
        text.Append(CultureInfo.InvariantCulture, $"- {SafeText.Code(metadata.Runtime ?? "unknown runtime")}, {time}\n");
        var baselines = results.Metrics.Values.Select(row => row.Judgement?.BaselineFile).OfType<string>().Where(file => file.Length > 0);
        foreach (var file in baselines.Distinct())
        {
            text.Append(CultureInfo.InvariantCulture, $"- baseline {SafeText.Code(file)}\n");
        }

        if (ReproductionCommand.OfAllRows(metadata) is { } command)
        {
            text.Append(CultureInfo.InvariantCulture, $"- measure all rows again: {SafeText.Code(command)}\n");
        }

        return text.ToString();
    }

    /// <summary>Returns the versions that the given rows compare, such as <c>baseline 4202181; this run abc1234</c>.</summary>
    public static string Commits(ResultsDocument results, IEnumerable<MetricResult> rows)
    {
        string[] bases = [.. rows.Select(row => row.Judgement?.BaselineCommit).OfType<string>().Select(Commit).Distinct()];
        var baseText = bases.Length > 0 ? $"baseline {string.Join(", ", bases)}; " : string.Empty;
        return $"{baseText}this run {Commit(results.Metadata.GitCommit ?? "unknown")}{Uncommitted(results.Metadata)}";
    }

    private static string Head(ResultsMetadata metadata) =>
        $"commit {SafeText.Code(metadata.GitCommit ?? "unknown")}{Uncommitted(metadata)}";

    private static string Uncommitted(ResultsMetadata metadata) => metadata.GitDirty ? " with uncommitted changes" : string.Empty;

    /// <summary>Returns a hash as plain text, which GitLab and GitHub turn into a link, and any other label as code.</summary>
    private static string Commit(string label) => label.Length >= ShortHashLength && label.All(char.IsAsciiHexDigitLower)
        ? label[..ShortHashLength]
        : SafeText.Code(label);
}
