using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;

namespace PerfTests.Running;

/// <summary>
/// Results of a run so far. Each row is written when it ends, first to the journal and then to the reports, so that an
/// interrupted run keeps all ended rows.
/// </summary>
internal sealed class RunRecord : IDisposable
{
    private readonly RunContext _context;
    private readonly RowLedger _ledger;
    private readonly Action<string> _say;
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly Dictionary<string, MetricResult> _measured = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NotMeasured> _notMeasured = new(StringComparer.Ordinal);
    private readonly RunJournal? _journal;
    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);
    private bool _cannotKeep;

    /// <summary>Starts the record and replaces the documents of an earlier run by documents without rows.</summary>
    /// <param name="context">Settings of the run.</param>
    /// <param name="ledger">Requested rows.</param>
    /// <param name="say">Shows a message, for example if a file cannot be written.</param>
    public RunRecord(RunContext context, RowLedger ledger, Action<string> say)
    {
        (_context, _ledger, _say) = (context, ledger, say);
        RunJournal? journal = null;
        Attempt(() => journal = RunJournal.Start(context.OutputPath, Document));
        _journal = journal;
        Attempt(WriteDocuments);
    }

    /// <summary>Results of the measured rows by key.</summary>
    public IReadOnlyDictionary<string, MetricResult> Measured => _measured;

    /// <summary>Keys of all rows that have ended, with or without a value.</summary>
    public IReadOnlySet<string> Keys =>
        _measured.Keys.Select(MetricRow.WithoutTrace).Concat(_notMeasured.Keys).ToHashSet(StringComparer.Ordinal);

    /// <summary>Path of the Markdown report, which the last line of a run names.</summary>
    public string ReportPath => Path.Combine(Path.GetDirectoryName(_context.OutputPath)!, MarkdownReporter.FileName);

    /// <summary>Number of rows that have ended.</summary>
    public int RowsEnded => Keys.Count;

    /// <summary>Message of the first error since the results were last written completely; null if there is none.</summary>
    public string? Failure { get; private set; }

    /// <summary>Paths of the written files.</summary>
    public IReadOnlyList<string> Written { get; private set; } = [];

    /// <summary>Document with the rows that have ended.</summary>
    public ResultsDocument Document =>
        RunDocument.Compose(_context, _ledger.RunId, _start, _measured, _notMeasured, Math.Max(_ledger.Count, RowsEnded), RowsEnded);

    /// <summary>Adds a row that was measured.</summary>
    /// <param name="result">Value and judgement of the row.</param>
    /// <param name="local">Result to store in this machine's local baseline, or null.</param>
    public void Add(MetricResult result, MetricResult? local)
    {
        _measured[result.Name] = result;
        Attempt(() => _journal?.Append(result));
        Attempt(WriteDocuments);
        if (local is not null && _context.IsRecordingLocally && !_cannotKeep)
        {
            Keep(local);
        }
    }

    /// <summary>Adds a row that ended without a value.</summary>
    public void Add(ITheoryRow row, NotMeasuredOutcome outcome, string reason)
    {
        var notMeasured = new NotMeasured(row.Label, outcome, reason);
        _notMeasured[row.Key] = notMeasured;
        Attempt(() => _journal?.Append(row.Key, notMeasured));
        Attempt(WriteDocuments);
    }

    /// <summary>
    /// Deletes the journal if all rows ended and all documents were written. Otherwise the journal is kept, so that the verb
    /// <c>report</c> can read it.
    /// </summary>
    public void Dispose()
    {
        _journal?.Dispose();
        if (Failure is null && RowsEnded >= _ledger.Count)
        {
            Attempt(() => File.Delete(RunJournal.PathBeside(_context.OutputPath)));
        }
    }

    private void WriteDocuments()
    {
        var document = Document;
        ResultsFile.Write(_context.OutputPath, document);
        Failure = null;
        var folder = Path.GetDirectoryName(_context.OutputPath)!;
        Written = [_context.OutputPath, .. Reporters.WriteAll(document, folder, WarnOfReport)];
    }

    /// <summary>Warns of a report that cannot be written. The results are complete, so the run goes on and does not fail.</summary>
    private void WarnOfReport(Exception error)
    {
        if (_warnings.Add(error.Message))
        {
            _say($"warning: a report cannot be written: {error.Message} Write it later: dotnet run --project PerfTests -- report");
        }
    }

    /// <summary>
    /// Stores a result in the local baseline. In a read-only checkout this fails with a warning; every run then pairs its rows
    /// instead.
    /// </summary>
    private void Keep(MetricResult local)
    {
        try
        {
            RecordLocally(local);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ResultsFileException)
        {
            _cannotKeep = true;
            _say(
                $"warning: values cannot be stored as a local baseline for later runs: {e.Message.TrimEnd('.')}. "
                + "Check the folder baselines/local");
        }
    }

    private void RecordLocally(MetricResult local)
    {
        var document = Document with { Metrics = new Dictionary<string, MetricResult> { [local.Name] = local }, NotMeasured = null };
        BaselineRecorder.Record(
            _context.LocalBaseline, RunDocument.WithoutRunDetails(document), _ => true, Catalogue.Has, _context.LocalOrigin.Counts);
    }

    /// <summary>
    /// Calls a function that writes files, and reports an error instead of throwing it. A full disk must not end the run,
    /// because the values are also on the console.
    /// </summary>
    private void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ResultsFileException)
        {
            if (_warnings.Add(e.Message))
            {
                _say(
                    $"warning: results cannot be written: {e.Message} Values appear only on the console until the results can be written. "
                    + $"Free disk space, or name another file with {Setting.Output.Name}");
            }

            Failure ??= e.Message;
        }
    }
}
