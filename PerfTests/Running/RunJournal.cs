using System.Text.Json;
using PerfTests.Results;

namespace PerfTests.Running;

/// <summary>
/// Appends a line for each row that ends, and has it on the disk before the next row begins: whatever happens to the
/// process or to the documents, no more than the row under way is lost.
/// </summary>
internal sealed class RunJournal : IDisposable
{
    private const string Ending = ".journal.jsonl";

    private readonly FileStream _file;

    private RunJournal(FileStream file) => _file = file;

    /// <summary>Returns the journal's path beside a results file: <c>results.journal.jsonl</c>.</summary>
    public static string PathBeside(string resultsPath) => Path.ChangeExtension(resultsPath, null) + Ending;

    /// <summary>True if a path is named as a journal is.</summary>
    public static bool IsJournal(string path) => path.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>Starts a journal in place of an earlier run's.</summary>
    /// <param name="resultsPath">The results file that it lies beside.</param>
    /// <param name="run">The document of the run, without rows yet.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static RunJournal Start(string resultsPath, ResultsDocument run)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(resultsPath)!);
        var journal = new RunJournal(new FileStream(PathBeside(resultsPath), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0));
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

    /// <summary>Appends a row that has a value.</summary>
    public void Append(MetricResult figure) => Append(new Line { Row = figure.Name, Figure = figure });

    /// <summary>Appends a row that ended without one.</summary>
    public void Append(string key, NotMeasured reason) => Append(new Line { Row = key, NotMeasured = reason });

    /// <summary>Returns the results that a journal holds; a line that was cut off is left out.</summary>
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
            throw new ResultsFileException(path, $"it cannot be read: {e.Message}", e);
        }

        var run = lines.FirstOrDefault()?.Run ?? throw new ResultsFileException(path, "its first line is not that of a run");
        var figures = LastOfEach(lines.Where(line => line.Figure is not null), line => line.Figure!);
        var notMeasured = LastOfEach(lines.Where(line => line.NotMeasured is not null), line => line.NotMeasured!);
        return run with
        {
            Metrics = figures,
            NotMeasured = notMeasured.Count > 0 ? notMeasured : null,
            Metadata = run.Metadata with { RowsEnded = figures.Count + notMeasured.Count },
        };
    }

    public void Dispose() => _file.Dispose();

    private static Dictionary<string, T> LastOfEach<T>(IEnumerable<Line> lines, Func<Line, T> value) =>
        lines.GroupBy(line => line.Row!).ToDictionary(row => row.Key, row => value(row.Last()), StringComparer.Ordinal);

    private void Append(Line line)
    {
        // Written in one call and truncated on failure: a partial line would also corrupt the next.
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
            // What is left of the line is no JSON, and is passed over on reading.
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

    /// <summary>One line: the run, or a row of it.</summary>
    private sealed record Line
    {
        public ResultsDocument? Run { get; init; }

        public string? Row { get; init; }

        public MetricResult? Figure { get; init; }

        public NotMeasured? NotMeasured { get; init; }
    }
}
