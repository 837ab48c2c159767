using System.Text.Json;
using PerfTests.Results;

namespace PerfTests.Running;

/// <summary>
/// File to which each row is appended when it ends. The file is flushed to the disk before the next row starts, so a killed run
/// loses only the row that was running.
/// </summary>
internal sealed class RunJournal : IDisposable
{
    private const string Ending = ".journal.jsonl";

    private readonly FileStream _file;

    private RunJournal(FileStream file) => _file = file;

    /// <summary>Returns the journal's path beside a results file: <c>results.journal.jsonl</c>.</summary>
    public static string PathBeside(string resultsPath) => Path.ChangeExtension(resultsPath, null) + Ending;

    /// <summary>True if a path has the file name of a journal.</summary>
    public static bool IsJournal(string path) => path.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>Starts a journal, which replaces the journal of an earlier run.</summary>
    /// <param name="resultsPath">Results file of the run; the journal is written beside it.</param>
    /// <param name="run">Document of the run, still without rows.</param>
    /// <exception cref="IOException">The journal cannot be written.</exception>
    public static RunJournal Start(string resultsPath, ResultsDocument run)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(resultsPath)!);
        var file = new FileStream(PathBeside(resultsPath), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var journal = new RunJournal(file);
        try
        {
            journal.Append(new Line { Run = run });
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Appends a row that was measured.</summary>
    public void Append(MetricResult result) => Append(new Line { Row = result.Name, Figure = result });

    /// <summary>Appends a row that ended without a value.</summary>
    public void Append(string key, NotMeasured reason) => Append(new Line { Row = key, NotMeasured = reason });

    /// <summary>Reads a journal; an incomplete last line is ignored.</summary>
    /// <exception cref="ResultsFileException">The file cannot be read, or its first line does not describe a run.</exception>
    public static ResultsDocument Read(string path)
    {
        Line[] lines;
        try
        {
            lines = [.. File.ReadLines(path).Select(Parse).OfType<Line>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsFileException(path, $"the file cannot be read: {e.Message}", e);
        }

        var run = lines.FirstOrDefault()?.Run ?? throw new ResultsFileException(path, "the first line does not describe a run");
        var results = LastOfEach(lines.Where(line => line.Figure is not null), line => line.Figure!);
        var notMeasured = LastOfEach(lines.Where(line => line.NotMeasured is not null), line => line.NotMeasured!);
        return run with
        {
            Metrics = RunDocument.InOrderOfReports(results),
            NotMeasured = notMeasured.Count > 0 ? RunDocument.InOrderOfReports(notMeasured) : null,
            Metadata = run.Metadata with { RowsEnded = results.Count + notMeasured.Count },
        };
    }

    public void Dispose() => _file.Dispose();

    private static Dictionary<string, T> LastOfEach<T>(IEnumerable<Line> lines, Func<Line, T> value) =>
        lines.GroupBy(line => line.Row!).ToDictionary(row => row.Key, row => value(row.Last()), StringComparer.Ordinal);

    private void Append(Line line)
    {
        // If writing fails, the partial line is cut off. Otherwise the next line would continue it and be lost too.
        var start = _file.Position;
        try
        {
            _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, ResultsFile.LineOptions), (byte)'\n']);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            Truncate(start);
            throw;
        }
    }

    private void Truncate(long length)
    {
        try
        {
            _file.SetLength(length);
        }
        catch (IOException)
        {
            // The partial line is not valid JSON, so Read ignores it.
        }
    }

    private static Line? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, ResultsFile.LineOptions);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Line of the journal: the run, or one of its rows. The property names are JSON keys of the file.</summary>
    private sealed record Line
    {
        public ResultsDocument? Run { get; init; }

        public string? Row { get; init; }

        public MetricResult? Figure { get; init; }

        public NotMeasured? NotMeasured { get; init; }
    }
}
