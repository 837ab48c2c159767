using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;
using PerfTests.Metrics;
using PerfTests.Metrics.Counted;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Verdicts;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(PerfRun))]

namespace PerfTests.Running;

/// <summary>
/// One performance run, from its first row to the end of the test assembly. Each row passes the same steps: it is measured,
/// judged and written to the reports; then its test asserts on the verdict.
/// </summary>
public sealed class PerfRun : IDisposable
{
    private readonly RunConsole _console;
    private readonly Lazy<RunContext> _context;
    private readonly LaunchPool _pool = new();
    private readonly RowLedger _ledger = RowLedger.Current();
    private RunLock? _lock;
    private RunRecord? _record;
    private Progress? _progress;

    /// <summary>Starts a run that prints its texts as messages of xUnit.</summary>
    public PerfRun(IMessageSink messages)
    {
        _console = new RunConsole(text => messages.OnMessage(new DiagnosticMessage(text)));
        _context = new(() => new RunContext(_console.Say));
    }

    /// <summary>Checks a row: measures or counts it, judges it, and records the outcome.</summary>
    public RowOutcome Check(ITheoryRow row) => Check(row, measurer => row switch
    {
        MetricRow timed when _context.Value.Base is { } version =>
            (new PairedRowCheck(_context.Value, measurer, version, timed).Run(), null),
        MetricRow timed => new RowCheck(_context.Value, measurer, timed).Run(),
        SpeedUp speedUp => (new SpeedUpCheck(measurer, _context.Value.Candidate, speedUp).Run(), null),
        CountedRow { Counting: Counting.Instructions instructions } counted =>
            new InstructionCheck(_context.Value, measurer, counted, instructions).Run(),
        CountedRow counted => (new CountedCheck(measurer).Run(counted, _context.Value.Candidate, _context.Value.Workload), null),
        _ => throw new NotSupportedException($"{row.Label}: there is no check for {row.GetType().Name}."),
    });

    /// <summary>Ends the run and prints its verdict. With PERF_UPDATE_BASELINE=1 also accepts the run as the baseline.</summary>
    public void Dispose()
    {
        // Each step runs even if an earlier one failed, so that an error hides neither the verdict nor a missing row.
        var faults = new List<Exception>();
        Attempt(_pool.Dispose, faults);
        if (_record is { } record)
        {
            Attempt(record.Dispose, faults);
            Attempt(() => _console.Say(RunEnd.Show(record, _console.UsesColour)), faults);
        }

        Attempt(RequireAllRows, faults);
        Attempt(RequireResults, faults);
        if (faults.Count == 0 && _record is not null)
        {
            Attempt(() => RunAcceptance.Run(_context.Value, _record.Document, _console), faults);
        }

        _lock?.Dispose();
        if (faults.Count > 0)
        {
            throw faults.Count == 1 ? faults[0] : new AggregateException(faults);
        }
    }

    private static void Attempt(Action step, List<Exception> faults)
    {
        try
        {
            step();
        }
        catch (Exception e)
        {
            faults.Add(e);
        }
    }

    private RowOutcome Check(ITheoryRow row, Func<RowMeasurer, (MetricResult Result, MetricResult? Local)> check)
    {
        try
        {
            return CheckOnce(row, check);
        }
        catch (CannotMeasureHereException e)
        {
            var message = $"{row.Label} cannot be measured here: {e.Message}";
            _record?.Add(row, NotMeasuredOutcome.Lacking, e.Message);
            _console.Say($"  {message}");

            // A counted row may need a tool that the machine lacks, so with PERF_STRICT only a timed row fails.
            return new RowOutcome(Verdict.NotComparable, message, row is MetricRow && _context.Value.IsStrict);
        }
        catch (UnusableLibrariesException e)
        {
            var reason = $"{_context.Value.Candidate.Label} {e.Reason}";
            _record?.Add(row, NotMeasuredOutcome.Lacking, reason);
            return new RowOutcome(Verdict.NotComparable, $"{row.Label} cannot be measured: {reason}", _context.Value.IsStrict);
        }
        catch (Exception e) when (RunGate.IsWrongUse(e))
        {
            _record?.Add(row, NotMeasuredOutcome.Failed, ProjectRoot.WithoutPath(e.Message));
            return RunGate.OfProcess.Refuse(e);
        }
        catch (Exception e)
        {
            _record?.Add(row, NotMeasuredOutcome.Failed, ProjectRoot.WithoutPath(e.Message));
            throw;
        }
        finally
        {
            _ledger.End(row.TestDisplayName);
        }
    }

    private RowOutcome CheckOnce(ITheoryRow row, Func<RowMeasurer, (MetricResult Result, MetricResult? Local)> check)
    {
        var context = Begin();
        _console.Say(_progress!.Begin(row.Label));
        if (context.Settings.WhyDisabled(row) is { } reason)
        {
            _record!.Add(row, NotMeasuredOutcome.Disabled, reason);
            return new RowOutcome(Verdict.NotComparable, $"{row.Label} is disabled in perfsettings.json: {reason}", context.IsStrict)
            {
                IsDisabled = true,
            };
        }

        RequireResources(row, context);
        var log = new RowLog();
        var (measured, local) = check(new RowMeasurer(_pool, log));
        var result = RowDetails.Add(measured, log);
        _record!.Add(result, local);
        _ledger.Record(row.TestDisplayName, result);
        var judgement = result.Judgement!;
        _console.Say($"  {row.Label}: {ConsoleTable.Summary(result)}", isBad: judgement.Verdict == Verdict.Regressed);
        return new RowOutcome(judgement.Verdict, judgement.Message, context.IsStrict)
        {
            // A row with a fixed bound has no entry in the baseline, so no reason can accept it.
            IsAccepted = context.IsUpdatingBaseline && context.Consent is not null && result.IsStored,
        };
    }

    /// <summary>
    /// Checks before a row starts that the machine has the resources that the row needs. A shortage during the measurement
    /// would make the row fail or raise SIGBUS.
    /// </summary>
    /// <exception cref="CannotMeasureHereException">The machine has too few resources for the row.</exception>
    private static void RequireResources(ITheoryRow row, RunContext context)
    {
        var needs = row is MetricRow timed && context.Base is not null ? timed.PairedNeeds : row.Needs;
        if (Shortage.Describe(needs, MachineResources.Read()) is { } lack)
        {
            throw new CannotMeasureHereException(lack);
        }
    }

    /// <summary>
    /// Waits until other performance runs have ended. Only then does this run build or read anything, so that this run does not
    /// disturb the other runs.
    /// </summary>
    private RunContext Begin()
    {
        RunGate.OfProcess.Enter();
        _lock ??= RunLock.Acquire(_console.Say);
        var context = _context.Value;
        if (_record is null)
        {
            _ledger.Measuring?.Invoke();
            _record = new RunRecord(context, _ledger, _console.Say);
            _progress = new Progress(_ledger.Count);
            foreach (var disturbance in context.Disturbances)
            {
                _console.Say($"warning: {disturbance.Message}");
            }

            if (context.IsUpdatingBaseline && context.Baselines.IsEmpty)
            {
                _console.Say(RunAcceptance.Warning(context), isBad: true);
            }
        }

        return context;
    }

    private void RequireAllRows()
    {
        if (_ledger.Missing.Count > 0)
        {
            throw new RowsMissingException($"These rows were requested but did not run: {string.Join(", ", _ledger.Missing)}. "
                + "The run was stopped early, or their tests failed before they began: see the first failed test, and run again.");
        }

        if (_record is not { Measured.Count: > 0 } record || !_ledger.IsWholeCatalogue || _context.Value.IsUpdatingBaseline)
        {
            return;
        }

        var gone = _context.Value.Baselines.RowsNotIn(record.Keys, out var file);
        if (gone.Count > 0)
        {
            throw new RowsMissingException(
                $"{file} has rows that this run of all rows did not measure: {string.Join(", ", gone)}. "
                + $"If these rows were removed from the catalogue on purpose, accept a new baseline with {Setting.UpdateBaseline.Name}=1.");
        }
    }

    private void RequireResults()
    {
        if (_record?.Failure is { } failure)
        {
            throw new ResultsLostException(
                $"Results could not be written: {failure} The values are only on the console. "
                + $"Free disk space, or name another file with {Setting.Output.Name}.");
        }
    }
}
