using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using Xunit.Sdk;
using Xunit.v3;

namespace PerfTests.Running;

/// <summary>Writes Allure's results from the messages of xUnit, and forwards every message to the next sink.</summary>
internal sealed class AllureMessageSink(IMessageSink next, IReadOnlyCollection<ITestCase> testCases, AllureRun allure, RowLedger ledger)
    : IMessageSink
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ITestCase> _cases =
        testCases.DistinctBy(test => test.UniqueID).ToDictionary(test => test.UniqueID, StringComparer.Ordinal);
    private readonly Dictionary<string, ITestStarting> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ITestResultMessage> _ended = new(StringComparer.Ordinal);
    private bool _hasStarted;
    private bool _hasFailed;

    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message)
    {
        Attempt(() => Note(message));
        return next.OnMessage(message);
    }

    private void Attempt(Action write)
    {
        try
        {
            lock (_lock)
            {
                write();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !_hasFailed)
        {
            // A full disk must not make a performance test fail, so the error is only reported, and only once.
            _hasFailed = true;
            next.OnMessage(new DiagnosticMessage(
                $"Allure's results cannot be written: {e.Message} Free disk space, or name another folder in allureConfig.json."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error was reported; later ones would say the same.
        }
    }

    private void Note(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestAssemblyStarting when ledger.Count == 0:
                Start();
                break;
            case ITestAssemblyStarting:
                // Another run may still be measuring in this checkout. Until it ends, the folder belongs to that run.
                ledger.Measuring = () => Attempt(Start);
                break;
            case ITestStarting starting:
                _running[starting.TestUniqueID] = starting;
                break;
            case ITestFinished finished:
                if (_running.Remove(finished.TestUniqueID, out var start) && _ended.Remove(finished.TestUniqueID, out var end)
                    && _cases.TryGetValue(finished.TestCaseUniqueID, out var test))
                {
                    Write(test, start, end, finished);
                }

                break;
            case ITestResultMessage result:
                _ended[result.TestUniqueID] = result;
                break;
            default:
                break;
        }
    }

    private void Start()
    {
        if (!_hasStarted)
        {
            _hasStarted = true;
            allure.Start([.. _cases.Values.SelectMany(RequestedRows.Of).Select(TestIdentity.Of)], ledger.IsWholeCatalogue);
        }
    }

    private void Write(ITestCase test, ITestStarting start, ITestResultMessage end, ITestFinished finished)
    {
        Start();
        var categories = start.Traits.GetValueOrDefault("Category") ?? (IReadOnlyCollection<string>)[];
        var result = RequestedRows.IsPerformance(test) ? ledger.Find(start.TestDisplayName) : null;
        var outcome = new TestOutcome
        {
            Status = AllureOutcome.StatusOf(end),
            Message = AllureOutcome.MessageOf(end),
            Trace = AllureOutcome.TraceOf(end),
            Output = finished.Output,
            Tables = AllureOutcome.TablesOf(finished),
            Start = start.StartTime,
            Stop = finished.FinishTime,
            Categories = [.. categories],
        };
        allure.Ended(IdentityOf(test, start.TestDisplayName), outcome, result);
    }

    private static TestIdentity IdentityOf(ITestCase test, string displayName)
    {
        if (RequestedRows.Find(test, displayName) is { } row)
        {
            return TestIdentity.Of(row);
        }

        var own = test as XunitTestCase;
        var names = own?.TestMethod.Parameters.Select(parameter => parameter.Name ?? string.Empty) ?? [];
        var arguments = names.Zip(own?.TestMethodArguments ?? [], KeyValuePair.Create).ToArray();

        // Rows of a theory that is not enumerated, or has objects as arguments, differ only in their display names.
        var isRowUnknown = own?.TestMethod.Parameters.Count > 0
            && (arguments.Length == 0 || !Array.TrueForAll(arguments, argument => AllureIdentity.HasPlainForm(argument.Value)));
        return new TestIdentity(
            typeof(AllureMessageSink).Assembly.GetName().Name!,
            test.TestClassName ?? string.Empty,
            test.TestMethodName ?? test.TestCaseDisplayName,
            [.. own?.TestMethod.Parameters.Select(parameter => parameter.ParameterType.FullName ?? parameter.ParameterType.Name) ?? []],
            isRowUnknown ? [new("row", displayName)] : arguments,
            displayName);
    }
}
