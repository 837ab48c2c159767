using System.Diagnostics;
using System.Text;
using System.Text.Json;
using PerfTests.ChildProcesses;
using PerfTests.Exploration.Checking;
using PerfTests.Exploration.Scheduling;

namespace PerfTests.Exploration.Driving;

/// <summary>Starts <see cref="ExplorationServer"/> processes and sends them requests.</summary>
/// <param name="libraries">Folder of the instrumented libraries.</param>
internal sealed class ExplorationProcess(string libraries) : IDisposable
{
    private readonly StringBuilder _errors = new();
    private Process? _process;

    /// <summary>Text that the latest process has written to its standard error.</summary>
    internal string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>Searches or replays. If the arena crashes the process, the result names the schedule.</summary>
    internal SearchResult Ask(SearchRequest request)
    {
        if (TryAsk(request) is { } result)
        {
            return result;
        }

        // The search is the same each time, so the last schedule that it writes is the one that crashes.
        var crash = Errors;
        var failed = request.Replay;
        if (failed is null)
        {
            TryAsk(request with { IsLogged = true });
            failed = LastSchedule(Errors);
        }

        return new SearchResult(request.Scenario, 0, 0, [], 0, IsComplete: false, failed, $"the process crashed: {crash}");
    }

    public void Dispose() => Stop();

    private static string? LastSchedule(string errors) => errors.Split('\n').LastOrDefault(Schedule.IsSchedule);

    private SearchResult? TryAsk(SearchRequest request)
    {
        var process = _process ??= Start();
        process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        process.StandardInput.Flush();
        if (process.StandardOutput.ReadLine() is { } line)
        {
            return JsonSerializer.Deserialize<SearchResult>(line);
        }

        Stop();
        return null;
    }

    private Process Start()
    {
        var start = TestExecutable.StartInfo(ExplorationServer.Verb, libraries);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        lock (_errors)
        {
            _errors.Clear();
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        return process;
    }

    private void Stop()
    {
        if (_process is not null)
        {
            _process.StandardInput.Dispose();
            _process.WaitForExit();
            _process.Dispose();
            _process = null;
        }
    }
}
