using PerfTests.Machine;
using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using PerfTests.Results;

namespace PerfTests.Commands;

/// <summary>Writes the table of the operations as the result of a test, so that the Allure report shows it.</summary>
internal static class CoverageTestResult
{
    private const string AssemblyName = "PerfTests.SelfTest", ClassName = $"{AssemblyName}.Coverage";
    private const string MethodName = "PublicOperations_SlowedDown_ARowSeesEach", Title = "A row sees a slowdown of each public operation";

    /// <summary>Writes the result, in place of that of an earlier run of the same operations.</summary>
    /// <param name="directory">Folder of Allure's results.</param>
    /// <param name="selection">Operations that the run tried, as text; null if it tried all operations.</param>
    /// <param name="table">The report of the run, in Markdown.</param>
    /// <param name="fault">Reason why the rows do not cover the operations; null if they do.</param>
    /// <param name="start">Start of the run.</param>
    public static void Write(string directory, string? selection, string table, string? fault, DateTimeOffset start)
    {
        var outcome = new TestOutcome
        {
            Status = fault is null ? AllureStatus.Passed : AllureStatus.Failed,
            Message = fault,
            Start = start,
            Stop = DateTimeOffset.UtcNow,
            Tables = new Dictionary<string, string> { ["Operations"] = table },
        };
        new AllureFolder(directory, new ResultsMetadata { MachineClass = MachineClass.Current.Id })
            .Write(Identity(selection), outcome);
    }

    private static TestIdentity Identity(string? selection) => selection is null
        ? new(AssemblyName, ClassName, MethodName, [], [], Title)
        : new(AssemblyName, ClassName, MethodName, ["System.String"], [new("operations", selection)], $"{Title} ({selection})");
}
