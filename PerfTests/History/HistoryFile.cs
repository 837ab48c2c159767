using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.History;

/// <summary>
/// History of runs as JSON lines: one line per run, sorted by time, commit and machine class. The same runs always give the same bytes.
/// Two histories are merged by joining their lines, as git's merge driver <c>union</c> does; the next run sorts them.
/// </summary>
internal static class HistoryFile
{
    /// <summary>Largest number of runs of one machine class. The oldest runs beyond this number are removed.</summary>
    public const int MaxRuns = 365;

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new CompactNumbersConverter() },
    };

    /// <summary>Reads a history, oldest run first.</summary>
    /// <exception cref="InvalidDataException">The file does not exist, or a line of it is not a run.</exception>
    public static IReadOnlyList<HistoryRun> Read(string path) => File.Exists(path)
        ? Sort(File.ReadLines(path).Select((line, index) => Parse(path, line, index + 1)).OfType<HistoryRun>())
        : throw new InvalidDataException(
            $"Cannot read the history {path}: {(Directory.Exists(path) ? "it is a folder" : "there is no such file")}. "
            + "Create it by adding a run: drift HISTORY --add TestResults/perf/results.json");

    /// <summary>Adds a run. A run of the same time and machine class is replaced.</summary>
    /// <exception cref="InvalidDataException">A line of the file is not a run.</exception>
    /// <exception cref="UnwritableFileException">The file cannot be written.</exception>
    public static IReadOnlyList<HistoryRun> Add(string path, HistoryRun run)
    {
        using var alone = FileLock.Acquire(path);
        var others = File.Exists(path) ? Read(path) : [];
        var runs = Sort([.. others.Where(other => (other.Time, other.Machine) != (run.Time, run.Machine)), run]);
        AtomicFile.Write(path, string.Concat(runs.Select(one => JsonSerializer.Serialize(one, s_options) + "\n")));
        return runs;
    }

    private static HistoryRun[] Sort(IEnumerable<HistoryRun> runs) =>
    [
        .. runs.DistinctBy(run => (run.Time, run.Machine))
            .OrderBy(run => run.Time, StringComparer.Ordinal)
            .GroupBy(run => run.Machine)
            .SelectMany(group => group.TakeLast(MaxRuns))
            .OrderBy(run => run.Time, StringComparer.Ordinal)
            .ThenBy(run => run.Commit, StringComparer.Ordinal)
            .ThenBy(run => run.Machine, StringComparer.Ordinal),
    ];

    private static HistoryRun? Parse(string path, string line, int number)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return null;
        }

        try
        {
            var run = JsonSerializer.Deserialize<HistoryRun>(line, s_options);
            return run is { Time: not null, Commit: not null, Machine: not null, Values: not null } && Fault(run) is null
                ? run
                : throw new JsonException(run is null ? "it is null" : Fault(run) ?? "a part is null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"Cannot read the history {path}: line {number} is not a run of this suite ({e.Message.TrimEnd('.')}). Remove this line.",
                e);
        }
    }

    private static string? Fault(HistoryRun run) =>
        !DateTimeOffset.TryParse(run.Time, CultureInfo.InvariantCulture, out _) ? $"its time is \"{run.Time}\""
        : run.Values.Values.SelectMany(rows => rows?.Values ?? [[]]).Any(numbers => numbers is not { Count: > 0 }) ? "a row has no value"
        : run.Accepted?.Values.Any(accepted => !IsWhole(accepted)) == true ? "an accepted regression lacks its time, value or reason"
        : null;

    private static bool IsWhole(AcceptedRegression? accepted) =>
        accepted is { Numbers.Count: > 0, Commit: not null, Reason: not null }
        && DateTimeOffset.TryParse(accepted.Time, CultureInfo.InvariantCulture, out _);
}
