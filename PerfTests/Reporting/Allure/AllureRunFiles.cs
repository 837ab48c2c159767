using System.Text;
using PerfTests.Machine;
using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// Writes the files by which Allure describes a whole run: the environment, the categories of failures, and the pipeline.
/// </summary>
internal static class AllureRunFiles
{
    private const string FileName = "environment.properties";
    private const string RunKey = "Run";

    /// <summary>Categories of failures. The first word of a verdict's message selects the category.</summary>
    private static readonly Category[] s_categories =
    [
        new("Performance regressions", "(?s)Regressed:.*", [AllureStatus.Failed]),
        new("Not comparable: no baseline", "(?s)Not comparable:.*", [AllureStatus.Skipped, AllureStatus.Failed]),
        new("Inconclusive", "(?s)Inconclusive:.*", [AllureStatus.Passed, AllureStatus.Skipped, AllureStatus.Failed]),
        new("Broken", "(?s).*", [AllureStatus.Broken]),
        new("Wrong results", "(?s)(?!Regressed:|Not comparable:|Inconclusive:).*", [AllureStatus.Failed]),
    ];

    /// <summary>Writes the files that describe the run.</summary>
    /// <returns>Paths of the written files.</returns>
    public static IReadOnlyList<string> Write(AllureFolder folder, ResultsMetadata metadata)
    {
        var written = new List<string>
        {
            folder.Write(FileName, Environment(metadata)),
            folder.Write("categories.json", ReportJson.Write(s_categories)),
        };
        if (PipelineExecutor.Current() is { } executor)
        {
            written.Add(folder.Write("executor.json", ReportJson.Write(executor)));
        }

        return written;
    }

    /// <summary>Returns the identifier of the run that wrote the files of a folder; null if there is none.</summary>
    public static string? ReadRunId(string directory)
    {
        var path = Path.Combine(directory, FileName);
        return File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith($"{RunKey}=", StringComparison.Ordinal))?[(RunKey.Length + 1)..]
            : null;
    }

    private static string Environment(ResultsMetadata metadata)
    {
        (string Key, string? Value)[] pairs =
        [
            ("Machine class", metadata.MachineClass),
            ("Processor", Processor(metadata.Machine)),
            ("Caches", metadata.Machine?.CacheSizes),
            ("Operating system", metadata.Machine?.OperatingSystem),
            ("Runtime", metadata.Runtime),
            (RunKey, metadata.RunId),
            ("Commit", metadata.GitCommit),
            ("Uncommitted changes", metadata.GitDirty ? "yes" : "no"),
        ];
        var text = new StringBuilder();
        foreach (var (key, value) in pairs.Where(pair => pair.Value is not null))
        {
            text.Append(Escape(key, isKey: true)).Append('=').Append(Escape(value!, isKey: false)).Append('\n');
        }

        return text.ToString();
    }

    private static string? Processor(MachineClass? machine) => machine is null ? null : FormattableString.Invariant(
        $"{machine.Vendor} family {machine.Family} model {machine.Model}, {machine.VirtualCpuCount} virtual CPUs");

    /// <summary>Escapes text as Java's properties files require.</summary>
    private static string Escape(string text, bool isKey) => string.Concat(SafeText.OneLine(text).Trim().Select(c => c switch
    {
        '\\' => "\\\\",
        ' ' or '=' or ':' or '#' or '!' when isKey => $"\\{c}",
        > '~' => FormattableString.Invariant($"\\u{(int)c:x4}"),
        _ => c.ToString(),
    }));

    private sealed record Category(string Name, string MessageRegex, IReadOnlyList<AllureStatus> MatchedStatuses);
}
