using System.CommandLine;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Running;
using PerfTests.SelfTest;
using PerfTests.Statistics;
using PerfTests.Verdicts;

namespace PerfTests.Commands;

/// <summary>Measures on this machine how often the suite cries wolf, and what it misses.</summary>
internal static class SelfTestCommand
{
    private const int Failed = 1;
    private const int MostTrials = 1_000_000_000;
    private const double MinutesOfADay = 24 * 60, MinutesOfAYear = 366 * MinutesOfADay;

    /// <summary>
    /// Of the slowdowns that are promised to be seen, the share that is promised. A self-test fails where its trials say
    /// with 95 % confidence that the share is lower: a few trials miss one now and then although the promise holds.
    /// </summary>
    private const double LeastShareCaught = 0.95;

    public static Command Create()
    {
        var trials = NumberOption.Create("--trials", "Trials of every row", 1, MostTrials, usual: 5);
        var minutes = CreateMinutes();
        var neighbour = new Option<bool>("--neighbour") { Description = "Beside a process that computes without a pause" };
        var plantEvery = NumberOption.Create(
            "--plant-every", "Plant slowdowns in every so many trials only; 0: never", 0, MostTrials, usual: 1);
        var metric = new Option<string?>("--metric") { Description = "Only the metrics whose id holds this text" };
        var baseline = new Option<string?>("--baseline") { Description = "A baseline file to hold this machine's figures to; without it one is measured at the start" };
        var output = new Option<string>("--output") { Description = "The folder of the report", DefaultValueFactory = _ => Path.Combine("TestResults", "perf") };
        var command = new Command("self-test", "Measure false alarms and missed slowdowns on this machine")
        {
            trials, minutes, neighbour, plantEvery, metric, baseline, output,
        };
        command.SetAction(parsed =>
        {
            var rows = RowsOf(parsed.GetValue(metric));
            var isBeside = parsed.GetValue(neighbour);
            var folder = ProjectRoot.Resolve(parsed.GetRequiredValue(output));
            AtomicFile.RequireFolder(folder);
            var stored = parsed.GetValue(baseline) is { } file
                ? new Lazy<StoredValues>(StoredValues.Read(file, rows))
                : new Lazy<StoredValues>(() => StoredValues.Measure(rows));
            using var alone = RunLock.Acquire(Console.WriteLine);
            using var versions = new SelfTestVersions(Console.WriteLine);
            using var beside = isBeside ? new SpinningProcess() : null;
            var run = new SelfTestTrials(SettingsFile.Read(), rows, versions, stored, Console.WriteLine);
            var start = DateTimeOffset.UtcNow;
            run.Run(parsed.GetValue(trials), parsed.GetValue(plantEvery), start.AddMinutes(parsed.GetValue(minutes)));
            return Report(run.Tallies, isBeside, stored.IsValueCreated ? stored.Value.Time : start, start, folder);
        });
        return command;
    }

    /// <summary>Creates the option that limits how long a verb runs.</summary>
    internal static Option<double> CreateMinutes() =>
        NumberOption.Create("--minutes", "Stop after so many minutes, whatever was reached", 0, MinutesOfAYear, MinutesOfADay);

    private static MetricRow[] RowsOf(string? wanted)
    {
        MetricRow[] rows = [.. Catalogue.Rows.Where(row => wanted is null || row.Metric.Id.Contains(wanted, StringComparison.Ordinal))];
        var ids = string.Join(", ", Catalogue.Metrics.Select(one => one.Id));
        return rows.Length > 0 ? rows : throw new SettingException("--metric", wanted!, $"a part of one of {ids}");
    }

    private static int Report(IReadOnlyList<RowTally> tallies, bool isBeside, DateTimeOffset stored, DateTimeOffset start, string folder)
    {
        var condition = isBeside ? "beside a spinning neighbour" : "as the machine is";
        var text = SelfTestReport.Render(condition, tallies, MachineClass.Current.Id, stored, start, DateTimeOffset.UtcNow);
        AtomicFile.Write(Path.Combine(folder, isBeside ? "self-test-neighbour.md" : "self-test.md"), text);
        Console.WriteLine(text);
        VerdictTally[] pairs = [.. tallies.SelectMany(tally => new[] { tally.Equal, tally.Slowed, tally.SourceSlowed })];
        if (pairs.Sum(trials => trials.Count(Verdict.Inconclusive)) > pairs.Sum(trials => trials.Trials) / 2)
        {
            Console.Error.WriteLine("This machine could tell too seldom: most trials were inconclusive.");
            return Failed;
        }

        // Stored figures are reported: where a commit can be paired with, pairing has the last word.
        return tallies.Any(tally => tally.Equal.Count(Verdict.Regressed) > 0)
            || !AreCaught(tallies.Select(tally => tally.Slowed)) || !AreCaught(tallies.Select(tally => tally.SourceSlowed)) ? Failed : 0;
    }

    private static bool AreCaught(IEnumerable<VerdictTally> slowed)
    {
        // A trial in which the machine could not tell is no trial of the rule; above it is counted by itself.
        VerdictTally[] sorts = [.. slowed];
        var decided = sorts.Sum(trials => trials.Trials - trials.Count(Verdict.Inconclusive));
        return BinomialBound.Upper(sorts.Sum(trials => trials.Count(Verdict.Regressed)), decided) >= LeastShareCaught;
    }
}
