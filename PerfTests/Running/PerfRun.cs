using PerfTests.Baselines;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Reporting.Interchange;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Verdicts;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(PerfRun))]

namespace PerfTests.Running;

/// <summary>
/// One run: from the first row that is checked to the end of the test assembly. Data flows one way: metric,
/// measurement, verdict, reports; the theory asserts last.
/// </summary>
public sealed class PerfRun(IMessageSink messages) : IDisposable
{
    private readonly Lazy<RunContext> _context = new(() => new RunContext(text => Say(messages, text)));
    private readonly RowMeasurer _measurer = new();
    private RunLock? _lock;
    private readonly Dictionary<string, MetricResult> _results = [];
    private readonly Dictionary<string, string> _benchmarkDocuments = new(StringComparer.Ordinal);

    /// <summary>Checks a row of a metric.</summary>
    public RowOutcome Check(MetricRow row) => Check(row, () => _context.Value.Base is { } version
        ? new PairedRowCheck(_context.Value, _measurer, version, row).Run()
        : new RowCheck(_context.Value, _measurer, row).Run());

    /// <summary>Checks a speed-up.</summary>
    public RowOutcome Check(SpeedUp speedUp) => Check(speedUp, () => new SpeedUpCheck(_measurer, _context.Value.Candidate, speedUp).Run());

    /// <summary>Checks a count.</summary>
    public RowOutcome Check(ExactCounter counter) => Check(counter, () => ExactCounterCheck.Run(counter, _context.Value.Candidate));

    /// <summary>Checks a count of system calls.</summary>
    public RowOutcome Check(SystemCallCount count) => Check(count, () => SystemCallCheck.Run(count, _context.Value.Candidate));

    /// <summary>Checks a count of the arena's.</summary>
    public RowOutcome Check(ArenaCount count) => Check(count, () => ArenaCountCheck.Run(count, _context.Value.Candidate, _context.Value.Workload));

    /// <summary>Writes what the run leaves behind, and shows it.</summary>
    public void Dispose()
    {
        try
        {
            _measurer.Dispose();
            if (_results.Count > 0)
            {
                Finish();
            }

            RequireAllRows();
        }
        finally
        {
            _lock?.Dispose();
        }
    }

    private void Finish()
    {
        var context = _context.Value;
        var document = RunDocument.Compose(context, _results);
        ResultsFile.Write(context.OutputPath, document);
        var folder = Path.GetDirectoryName(context.OutputPath)!;
        string[] written = [.. Reporters.WriteAll(document, folder), .. new BenchmarkDotNetReporter(_benchmarkDocuments).Write(document, folder)];
        Record(context, RunDocument.WithoutRunDetails(document));
        Say($"{ConsoleTable.Render(document)}\n{string.Join('\n', written.Prepend(context.OutputPath).Select(path => $"  written: {ProjectRoot.Relative(path)}"))}");
    }

    private RowOutcome Check(ITheoryRow row, Func<MetricResult> check)
    {
        try
        {
            return CheckOnce(row, check);
        }
        catch (CannotMeasureHereException e)
        {
            return new RowOutcome(Verdict.NotComparable, $"{row.Label} cannot be measured here: {e.Message}", IsStrict: false);
        }
        catch (MissingApiException e)
        {
            return new RowOutcome(Verdict.NotComparable, $"{row.Label} cannot be measured of {_context.Value.Candidate.Label}, which has not what it calls: {e.InnerException!.Message}", _context.Value.IsStrict);
        }
        catch (Exception e) when (RunGate.IsWrongUse(e))
        {
            return RunGate.OfProcess.Refuse(e);
        }
        finally
        {
            ExpectedRows.Ended(row.TestDisplayName);
        }
    }

    private RowOutcome CheckOnce(ITheoryRow row, Func<MetricResult> check)
    {
        var context = Begin();
        if (context.Settings.WhyDisabled(row.MetricId) is { } reason)
        {
            return new RowOutcome(Verdict.NotComparable, $"{row.Label} is disabled in perfsettings.json: {reason}", context.IsStrict) { IsDisabled = true };
        }

        Say($"measuring {row.Label}");
        var result = RowDetails.Add(check, _benchmarkDocuments);
        _results[result.Name] = result;
        RowResults.Set(row.TestDisplayName, result);
        var judgement = result.Judgement!;
        Say($"  {row.Label}: {ConsoleTable.Summary(result)}");
        return new RowOutcome(judgement.Verdict, judgement.Message, context.IsStrict);
    }

    /// <summary>Waits for other runs before anything is built, read or looked at: all of it belongs to the run.</summary>
    private RunContext Begin()
    {
        RunGate.OfProcess.Enter();
        var isFirst = _lock is null;
        _lock ??= RunLock.Acquire(Say);
        var context = _context.Value;
        foreach (var disturbance in isFirst ? context.Disturbances : [])
        {
            Say($"warning: {disturbance.Message}");
        }

        return context;
    }

    private void RequireAllRows()
    {
        if (ExpectedRows.Missing.Count > 0)
        {
            throw new RowsMissingException($"These rows were to run and did not: {string.Join(", ", ExpectedRows.Missing)}.");
        }

        if (_results.Count == 0 || !ExpectedRows.IsWholeCatalogue || _context.Value.IsUpdatingBaseline)
        {
            return;
        }

        var disabled = _context.Value.Settings.Metrics.Where(pair => pair.Value.Disabled is not null).Select(pair => pair.Key).ToArray();
        var gone = _context.Value.Baselines.RowsNotIn(_results, out var file)
            .Where(key => !Array.Exists(disabled, id => key == id || key.StartsWith(id + "/", StringComparison.Ordinal)))
            .ToArray();
        if (gone.Length > 0)
        {
            throw new RowsMissingException(
                $"{file} has rows that this run, which ran all there is, did not measure: {string.Join(", ", gone)}. "
                + $"If they were removed on purpose, accept a new baseline with {Setting.UpdateBaseline.Name}=1.");
        }
    }

    private void Record(RunContext context, ResultsDocument document)
    {
        if (context.IsRecordingLocally)
        {
            BaselineRecorder.Record(context.LocalBaseline, document, figure => figure.Launches is not null && figure.Judgement!.Verdict == Verdict.NotComparable, IsKnown);
        }

        if (!context.IsUpdatingBaseline)
        {
            return;
        }

        try
        {
            Acceptance.Accept(context.BaselineToAccept, document, IsKnown, Setting.UpdateReason.Text);
            Say($"{ProjectRoot.Relative(context.BaselineToAccept)} is updated; commit it");
        }
        catch (AcceptanceException e)
        {
            Say(e.Message);
        }
    }

    private static bool IsKnown(string key) => Catalogue.Has(key);

    private void Say(string text) => Say(messages, text);

    private static void Say(IMessageSink messages, string text) => messages.OnMessage(new DiagnosticMessage(text));
}
