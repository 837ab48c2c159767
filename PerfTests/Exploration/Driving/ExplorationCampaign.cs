using System.Collections.Concurrent;
using PerfTests.Exploration.Checking;

namespace PerfTests.Exploration.Driving;

/// <summary>Distributes searches over one process per core.</summary>
internal static class ExplorationCampaign
{
    /// <summary>Runs all searches.</summary>
    /// <param name="libraries">Folder of the instrumented libraries.</param>
    /// <param name="requests">The searches.</param>
    /// <param name="report">
    /// Receives each result, with what the process wrote to its standard error. One thread at a time calls it.
    /// </param>
    /// <param name="stopsAtFailure">True to begin no further search after one has failed.</param>
    /// <returns>The results in the order of the requests.</returns>
    internal static IReadOnlyList<SearchResult> Run(
        string libraries, IReadOnlyList<SearchRequest> requests, Action<SearchResult, string> report, bool stopsAtFailure = false)
    {
        var results = new SearchResult?[requests.Count];
        var waiting = new ConcurrentQueue<int>(Enumerable.Range(0, requests.Count));
        Parallel.For(0, Math.Min(Environment.ProcessorCount, requests.Count), _ =>
        {
            using var process = new ExplorationProcess(libraries);
            while (waiting.TryDequeue(out var index))
            {
                var result = results[index] = process.Ask(requests[index]);
                lock (results)
                {
                    report(result, process.Errors);
                }

                if (stopsAtFailure && result.Failure is not null)
                {
                    waiting.Clear();
                }
            }
        });
        return [.. results.OfType<SearchResult>()];
    }
}
