using System.Reflection;
using PerfTests.Machine;
using PerfTests.Reporting.Allure;
using PerfTests.Running;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestFramework(typeof(PerfTestFramework))]

namespace PerfTests.Running;

/// <summary>
/// Extends xUnit's test framework: records which rows are requested, skips tests that need another operating system, and writes
/// Allure's results.
/// </summary>
public sealed class PerfTestFramework : XunitTestFramework
{
    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly) => new Executor(base.CreateExecutor(assembly));

    private sealed class Executor(ITestFrameworkExecutor executor) : ITestFrameworkExecutor
    {
        public ValueTask RunTestCases(
            IReadOnlyCollection<ITestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions,
            CancellationToken? cancellationToken)
        {
            HostSystem.ApplyToLibraries();
            var selected = LinuxTests.ForThisSystem(AllocatorComparisonSelection.Of(testCases, test => test.Traits));
            if (selected.Count < testCases.Count)
            {
                executionMessageSink.OnMessage(new DiagnosticMessage(
                    "Left out, because other tests are selected too: "
                    + $"{CountText.Of(testCases.Count - selected.Count, "row")} of the allocator comparison. "
                    + $"To run the comparison alone: dotnet test --filter Category={CategoryName.AllocatorComparison}"));
            }

            var ledger = new RowLedger([.. selected.SelectMany(RequestedRows.Of).Select(row => row.TestDisplayName)]);
            ledger.HandToRun();
            var metadata = RunDocument.WithSettings(RunDocument.Metadata(GitRevision.Read(), MachineClass.Current, ledger.RunId));
            var allure = new AllureRun(AllureConfiguration.Read().Directory, metadata);
            var sink = new AllureMessageSink(executionMessageSink, selected, allure, ledger);
            return executor.RunTestCases(selected, sink, executionOptions, cancellationToken);
        }
    }
}
