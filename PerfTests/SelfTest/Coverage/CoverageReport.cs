using System.Globalization;
using System.Text;
using PerfTests.Verdicts;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Writes the tables of a coverage run in Markdown.</summary>
internal static class CoverageReport
{
    /// <summary>Length of the longest list of exempt operations that names each operation.</summary>
    private const int MaxNamed = 12;

    private const string NotSeen = "not seen";

    /// <summary>Describes the result of one operation in one line.</summary>
    public static string Summary(OperationCoverage coverage) => coverage.Slowdowns.Count == 0
        ? "no row calls it"
        : string.Join("; ", coverage.Slowdowns.Select(slowdown => $"{SizeText(slowdown)} {RowsText(slowdown, Describe)}"));

    /// <summary>Describes a trial: the row, the slowdown, and the verdict if the row did not regress.</summary>
    public static string Describe(CoverageTrial trial) =>
        $"{(trial.IsSeen ? string.Empty : $"{NotSeen} by ")}{trial.Row.Label} ({Change(trial)})";

    /// <summary>Writes the report.</summary>
    /// <param name="result">Result of the trials.</param>
    /// <param name="machineClass">Class of the machine.</param>
    /// <param name="end">Time at which the trials ended.</param>
    public static string Render(CoverageResult result, string machineClass, DateTimeOffset end)
    {
        var text = new StringBuilder();
        text.Append("# Operations whose slowdown a row sees\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Machine class {machineClass}, {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC. ");
        text.Append("In each trial, a loop is added to one public operation, and these libraries are paired with the unchanged ones. ");
        text.Append("The smallest promised slowdown is a row's tolerance plus 2 points.\n\n");
        if (result.Operations.Count > 0)
        {
            AppendSeen(text, result, SlowdownSize.FifthOfOperation, "20 % of the operation's time");
            AppendSeen(text, result, SlowdownSize.SmallestPromised, "the smallest promised slowdown");
        }

        if (result.TriedEachRow)
        {
            var rows = CountText.Of(result.Measured.Count, "row");
            var regressed = result.Measured.Count - result.Idle.Count();
            var benchmarks = result.RowTrials.Count(one => one.Slowed == RowTrial.Benchmark && one.Trial.IsSeen);
            text.Append(CultureInfo.InvariantCulture, $"- {regressed} of {rows} regressed in a trial");
            text.Append(CultureInfo.InvariantCulture, $"{(benchmarks > 0 ? $", {benchmarks} of them with a slower benchmark" : "")}\n");
        }

        AppendOperations(text, result);
        AppendRows(text, result);
        AppendList(text, "Rows that regressed in no trial", result.Idle.Select(row => row.Label));
        AppendList(text, "Failed benchmarks", Unmeasured(result, hasFailed: true));
        AppendList(text, "Rows that could not be measured here", Unmeasured(result, hasFailed: false));
        AppendList(text, "Exempt operations", PublicOperations.All
            .Where(operation => operation.Exemption is not null)
            .GroupBy(operation => operation.Exemption)
            .Select(group => $"{group.Key}: {Names([.. group.Select(operation => operation.Operation.Name)])}"));
        return text.ToString();
    }

    /// <summary>Lists operations by name. Of a long list, returns the number of operations of each type instead.</summary>
    private static string Names(string[] operations) => operations.Length <= MaxNamed
        ? string.Join(", ", operations.Select(name => $"`{name}`"))
        : string.Join(", ", operations
            .GroupBy(name => name.Split('.')[0], StringComparer.Ordinal)
            .Select(type => FormattableString.Invariant($"{type.Count()} of `{type.Key}`")));

    private static IEnumerable<string> Unmeasured(CoverageResult result, bool hasFailed) => result.Unmeasured
        .Where(pair => pair.Value.HasFailed == hasFailed)
        .Select(pair => $"{pair.Key.Label}: {pair.Value.FirstLine}");

    private static void AppendOperations(StringBuilder text, CoverageResult result)
    {
        if (result.Operations.Count == 0)
        {
            return;
        }

        text.Append("\n## Operations\n\n| operation | time of a call | 20 % of the time | smallest promised |\n|---|---|---|---|\n");
        foreach (var coverage in result.Operations)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{coverage.Operation.Name}` | {Time(coverage.Nanoseconds)} |");
            foreach (var size in Enum.GetValues<SlowdownSize>())
            {
                var slowdown = coverage.Slowdowns.FirstOrDefault(one => one.Size == size);
                text.Append(slowdown is null ? " **no row calls it** |" : $" {SizeText(slowdown)} {RowsText(slowdown, Marked)} |");
            }

            text.Append('\n');
        }
    }

    private static void AppendSeen(StringBuilder text, CoverageResult result, SlowdownSize size, string slowdown)
    {
        var operations = CountText.Of(result.Operations.Count, "operation");
        text.Append(CultureInfo.InvariantCulture, $"- {result.CountSeen(size)} of {operations}: a row saw {slowdown}; ");
        text.Append(CultureInfo.InvariantCulture, $"{result.CountSeen(size, maxAttempts: 1)} of them in the first pair\n");
    }

    private static void AppendRows(StringBuilder text, CoverageResult result)
    {
        var heading = "\n## Rows tried by themselves\n\n| slowed | result |\n|---|---|\n";
        foreach (var (slowed, trial) in result.RowTrials)
        {
            text.Append(heading).Append(CultureInfo.InvariantCulture, $"| {slowed} | {Marked(trial)} |\n");
            heading = string.Empty;
        }
    }

    private static void AppendList(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var heading = $"\n## {title}\n\n";
        foreach (var line in lines)
        {
            text.Append(heading).Append("- ").Append(line).Append('\n');
            heading = string.Empty;
        }
    }

    private static string SizeText(OperationSlowdown slowdown) => $"+{Time(slowdown.Nanoseconds)}:";

    private static string RowsText(OperationSlowdown slowdown, Func<CoverageTrial, string> describe) => slowdown.Trials.Count == 0
        ? "**less than the tolerance of every row**"
        : string.Join(", ", slowdown.Trials.Select(describe));

    private static string Marked(CoverageTrial trial) =>
        trial.IsSeen ? Describe(trial) : Describe(trial).Replace(NotSeen, $"**{NotSeen}**", StringComparison.Ordinal);

    private static string Change(CoverageTrial trial)
    {
        var change = FormattableString.Invariant(
            $"expected {trial.ExpectedPercent:+0.0} %, measured {trial.MeasuredPercent:+0.0;-0.0;0.0} %");
        var attempts = trial.Attempts > 1 ? FormattableString.Invariant($", in pair {trial.Attempts}") : string.Empty;
        var because = trial.Verdict == Verdict.Inconclusive ? $" because {trial.Outcome.WhyInconclusive}" : string.Empty;
        return trial.IsSeen ? $"{change}{attempts}" : $"{change}{attempts}. {trial.Verdict}{because}: {trial.Outcome.Text}";
    }

    private static string Time(double nanoseconds) =>
        double.IsNaN(nanoseconds) ? "-" : ValueText.Format(nanoseconds, MetricUnit.Nanoseconds);
}
