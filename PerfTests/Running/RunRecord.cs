using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Reporting.Interchange;
using PerfTests.Results;

namespace PerfTests.Running;

/// <summary>
/// Results of a run so far. Each row that ends is written at once, to the journal and then to the documents, so that
/// whatever ends the run leaves all rows before it.
/// </summary>
internal sealed class RunRecord : IDisposable
{
    private readonly RunContext _context;
    private readonly int _rowsAskedFor;
    private readonly Action<string> _say;
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly Dictionary<string, MetricResult> _figures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NotMeasured> _notMeasured = new(StringComparer.Ordinal);
    private readonly RunJournal? _journal;
    private bool _cannotKeep;

    /// <summary>Starts the record; the documents say from now on that no row has ended.</summary>
    /// <param name="context">The run.</param>
    /// <param name="rowsAskedFor">Number of rows that are to run.</param>
    /// <param name="say">Is told what cannot be written.</param>
    public RunRecord(RunContext context, int rowsAskedFor, Action<string> say)
    {
        (_context, _rowsAskedFor, _say) = (context, rowsAskedFor, say);
        RunJournal? journal = null;
        Attempt(() => journal = RunJournal.Start(context.OutputPath, Document));
        _journal = journal;
        Attempt(WriteDocuments);
    }

    /// <summary>Values by key.</summary>
    public IReadOnlyDictionary<string, MetricResult> Figures => _figures;

    /// <summary>Keys of the rows that have ended, and of those that were switched off or lacked something.</summary>
    public IReadOnlySet<string> Keys => _figures.Keys.Select(MetricRow.WithoutTrace).Concat(_notMeasured.Keys).ToHashSet(StringComparer.Ordinal);

    /// <summary>The report that a person reads first.</summary>
    public string ReportPath => Path.Combine(Path.GetDirectoryName(_context.OutputPath)!, MarkdownReporter.FileName);

    /// <summary>BenchmarkDotNet's full JSON by the key of the value.</summary>
    public Dictionary<string, string> BenchmarkDocuments { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of rows that have ended.</summary>
    public int RowsEnded => Keys.Count;

    /// <summary>Why results could not be written, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Files that were written.</summary>
    public IReadOnlyList<string> Written { get; private set; } = [];

    /// <summary>The results as they stand.</summary>
    public ResultsDocument Document => RunDocument.Compose(_context, _start, _figures, _notMeasured, Math.Max(_rowsAskedFor, RowsEnded), RowsEnded);

    /// <summary>Takes the value of a row.</summary>
    /// <param name="figure">The value and its judgement.</param>
    /// <param name="local">What this machine keeps for itself, or null.</param>
    public void Add(MetricResult figure, MetricResult? local)
    {
        _figures[figure.Name] = figure;
        Attempt(() => _journal?.Append(figure));
        Attempt(WriteDocuments);
        if (local is not null && _context.IsRecordingLocally && !_cannotKeep)
        {
            Keep(local);
        }
    }

    /// <summary>Takes a row that ended without a value.</summary>
    public void Add(ITheoryRow row, NotMeasuredOutcome outcome, string reason)
    {
        var notMeasured = new NotMeasured(row.Label, outcome, reason);
        _notMeasured[row.Key] = notMeasured;
        Attempt(() => _journal?.Append(row.Key, notMeasured));
        Attempt(WriteDocuments);
    }

    /// <summary>Deletes the journal if every row ended and all documents were written; otherwise it stays, for the verb <c>report</c>.</summary>
    public void Dispose()
    {
        _journal?.Dispose();
        if (Failure is null && RowsEnded >= _rowsAskedFor)
        {
            Attempt(() => File.Delete(RunJournal.PathBeside(_context.OutputPath)));
        }
    }

    private void WriteDocuments()
    {
        var document = Document;
        ResultsFile.Write(_context.OutputPath, document);
        var folder = Path.GetDirectoryName(_context.OutputPath)!;
        Written =
        [
            _context.OutputPath,
            .. Reporters.WriteAll(document, folder),
            .. new BenchmarkDotNetReporter(BenchmarkDocuments).Write(document, folder),
        ];
    }

    /// <summary>A checkout that cannot be written to has no values of its own: its rows are paired each time.</summary>
    private void Keep(MetricResult local)
    {
        try
        {
            RecordLocally(local);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ResultsFileException)
        {
            _cannotKeep = true;
            _say($"warning: values are not kept for later runs on this machine: {e.Message}");
        }
    }

    private void RecordLocally(MetricResult local)
    {
        var document = Document with { Metrics = new Dictionary<string, MetricResult> { [local.Name] = local }, NotMeasured = null };
        BaselineRecorder.Record(_context.LocalBaseline, RunDocument.WithoutRunDetails(document), _ => true, Catalogue.Has);
    }

    /// <summary>A disk that is full must not end the run: its values are on the console all the same.</summary>
    private void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ResultsFileException)
        {
            if (Failure is null)
            {
                _say($"warning: results cannot be written: {e.Message} From now on values appear only on the console. Free disk space, or name another file with {Setting.Output.Name}");
            }

            Failure ??= e.Message;
        }
    }
}
