using System.Text.Json.Nodes;
using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>
/// Writes the timed rows of a run in the shape of BenchmarkDotNet's full JSON, for ResultsComparer of dotnet/performance. The comparer
/// tests whether the samples of two runs differ by more than a threshold.
/// </summary>
public sealed class BenchmarkDotNetReporter : IReporter
{
    /// <summary>Name of the folder for the file, within the folder of the reports.</summary>
    public const string FolderName = "benchmarkdotnet";

    private const string Ending = "-report-full.json", FileName = $"perf{Ending}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder)
    {
        ArgumentNullException.ThrowIfNull(results);
        var own = Path.Combine(folder, FolderName);

        // ResultsComparer reads all files of a folder. Earlier versions of this suite wrote a file per row there.
        foreach (var earlier in Directory.Exists(own) ? Directory.GetFiles(own, $"*{Ending}") : [])
        {
            if (Path.GetFileName(earlier) != FileName)
            {
                File.Delete(earlier);
            }
        }

        var metadata = results.Metadata;
        var document = new JsonObject
        {
            ["Title"] = "PerfTests",
            ["HostEnvironmentInfo"] = new JsonObject
            {
                ["BenchmarkDotNetCaption"] = "BenchmarkDotNet",
                ["OsVersion"] = metadata.Machine?.OperatingSystem ?? "unknown",
                ["ProcessorName"] = metadata.MachineClass ?? "unknown",
                ["LogicalCoreCount"] = metadata.Machine?.VirtualCpuCount ?? 0,
                ["RuntimeVersion"] = metadata.Runtime ?? "unknown",
                ["Architecture"] = metadata.Machine?.Architecture ?? "unknown",
                ["Configuration"] = "RELEASE",
            },
            ["Benchmarks"] = new JsonArray([.. results.Metrics.Values.Where(row => row.IsMeasured).Select(BenchmarkDotNetEntry.Of)]),
        };
        return [AtomicFile.Write(Path.Combine(own, FileName), ReportJson.WriteCompact(document) + "\n")];
    }
}
