using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>
/// BenchmarkDotNet's own full JSON, a file per row, as dotnet/performance's ResultsComparer reads it. Only the run
/// that measured has it.
/// </summary>
/// <param name="documents">The JSON of each figure's job, by the figure's key.</param>
internal sealed class BenchmarkDotNetReporter(IReadOnlyDictionary<string, string> documents) : IReporter
{
    /// <summary>The folder within that of the reports.</summary>
    public const string FolderName = "benchmarkdotnet";

    private const string Ending = "-report-full.json";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder)
    {
        // ResultsComparer reads whole folders: files of an earlier run's rows would be compared as this run's.
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
