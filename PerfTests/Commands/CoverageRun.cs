using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Planting.Operations;
using PerfTests.Reporting.Allure;
using PerfTests.Running;
using PerfTests.SelfTest.Coverage;

namespace PerfTests.Commands;

/// <summary>Runs <c>self-test --coverage</c>: slows one public operation after another down, and reports which rows see it.</summary>
internal static class CoverageRun
{
    private const int Failed = 1;

    /// <summary>Number of parts that the operations are divided into.</summary>
    public const int Parts = 10;

    /// <summary>
    /// Runs the trials and writes the report. If <paramref name="metric"/> is given without <paramref name="part"/> and
    /// <paramref name="named"/>, only these rows are tried, and each must regress in a trial.
    /// </summary>
    /// <param name="rows">Rows that may see a slowdown.</param>
    /// <param name="metric">Text that was used to choose the rows: the ids of their metrics contain it; null for all rows.</param>
    /// <param name="part">Part of the operations to try, from 1 to <see cref="Parts"/>; null for all.</param>
    /// <param name="named">Text that the names of the operations to try contain; null for all.</param>
    /// <param name="folder">Folder of the report.</param>
    /// <returns>The exit code.</returns>
    public static int Run(MetricRow[] rows, string? metric, int? part, string? named, string folder)
    {
        var start = DateTimeOffset.UtcNow;
        var triesEachRow = part is null && named is null;
        var isWhole = triesEachRow && metric is null;
        var operations = triesEachRow && !isWhole ? [] : Select(part, named);

        // The configuration is read first: an error in it must not hide the result of trials that take half an hour.
        var allure = AllureConfiguration.Read().Directory;
        using var trials = new CoverageTrials(SettingsFile.Read(), Console.WriteLine);
        var result = trials.Run(rows, operations, triesEachRow);
        var text = CoverageReport.Render(result, MachineClass.Current.Id, DateTimeOffset.UtcNow);
        AtomicFile.Write(Path.Combine(folder, "coverage.md"), text);
        Console.WriteLine(text);
        var fault = CoverageRule.FindFault(result);
        CoverageTestResult.Write(allure, isWhole ? null : Describe(metric, part, named), text, fault, start);
        if (fault is not null)
        {
            Console.Error.WriteLine(fault);
            return Failed;
        }

        return ExitCode.Success;
    }

    /// <summary>Returns a text for the operations and rows of a run that tries some of them.</summary>
    private static string Describe(string? metric, int? part, string? named)
    {
        string?[] texts =
        [
            part is null ? null : FormattableString.Invariant($"part {part} of {Parts}"),
            named is null ? null : $"operations with {named}",
            metric is null ? null : $"metrics with {metric}",
        ];
        return string.Join(", ", texts.OfType<string>());
    }

    private static Operation[] Select(int? part, string? named)
    {
        Operation[] selected = [.. PublicOperations.Guarded
            .Where((operation, index) => (part is null || index % Parts == part - 1)
                && (named is null || operation.Name.Contains(named, StringComparison.Ordinal)))];
        return selected.Length > 0
            ? selected
            : throw new SettingException(
                "--operation", named ?? string.Empty,
                $"a public operation or a part of its name: {string.Join(", ", PublicOperations.Guarded.Select(one => one.Name))}");
    }
}
