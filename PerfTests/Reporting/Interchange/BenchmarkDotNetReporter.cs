using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>
/// Writes BenchmarkDotNet's full JSON, one file per row, for ResultsComparer of dotnet/performance. These files cannot be written
/// again from a results file, because a results file does not contain BenchmarkDotNet's JSON.
/// </summary>
/// <param name="documents">BenchmarkDotNet's JSON for each row, by the row's key.</param>
internal sealed class BenchmarkDotNetReporter(IReadOnlyDictionary<string, string> documents) : IReporter
{
    /// <summary>Name of the folder for the files, within the folder of the reports.</summary>
    public const string FolderName = "benchmarkdotnet";

    private const string Ending = "-report-full.json";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder)
    {
        // ResultsComparer reads all files of a folder, so it would count files of an earlier run as files of this run.
        var own = Path.Combine(folder, FolderName);
        foreach (var earlier in Directory.Exists(own) ? Directory.GetFiles(own, $"*{Ending}") : [])
        {
            File.Delete(earlier);
        }

        return
        [
            .. documents.Where(pair => results.Metrics.ContainsKey(pair.Key)).Select(pair => AtomicFile.Write(
                Path.Combine(own, $"{SafeText.Name(pair.Key.Replace('/', '-'), "_-=")}{Ending}"), pair.Value)),
        ];
    }
}
