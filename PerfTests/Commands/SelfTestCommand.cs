using System.CommandLine;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Running;
using PerfTests.SelfTest;

namespace PerfTests.Commands;

/// <summary>Verb <c>self-test</c>: measures the false-positive rate and the detection rate of verdicts on this machine.</summary>
internal static class SelfTestCommand
{
    private const int Failed = 1;
    private const int Parts = CoverageRun.Parts;
    private const int MaxTrials = 1_000_000_000;
    private const double MinutesOfADay = 24 * 60, MinutesOfAYear = 366 * MinutesOfADay;

    private const string Notes = """
        Each trial measures a row with two equal versions, where the verdict must not be a regression, and again with slowdowns
        added to one of them on purpose, where the verdict must be a regression.
        The report is self-test.md, or self-test-neighbour.md with --neighbour. It lists the rows that this machine cannot measure.

        With --coverage, one public operation of the libraries after another is slowed down instead, and the report coverage.md
        tells which rows see it. With --metric, but without --part and --operation, only these rows are tried, and each must
        regress in a trial.

        Exit codes:
          0  no false positive in paired rows, and the trials do not show a detection rate below 95 %
          1  a false positive in paired rows, a detection rate that is below 95 % with 95 % confidence, no trial, more
             inconclusive trials than others, or a benchmark that failed;
             with --coverage: no row regresses when an operation takes 20 % longer, no row sees the smallest promised slowdown
             of more than 5 % of the operations, a row regresses in no trial (if each row is tried), or a benchmark failed
          2  an argument is wrong, a file cannot be used, or another run does not end

        Examples:
          dotnet run --project PerfTests -- self-test --trials 2 --metric allocation_total_time
          dotnet run --project PerfTests -- self-test --coverage --operation ShmArena.Free

        """;

    public static Command Create()
    {
        var trials = NumberOption.Create("--trials", "Number of trials of each row", 1, MaxTrials, defaultValue: 5);
        var minutes = CreateMinutes();
        var neighbour = new Option<bool>("--neighbour") { Description = "Run a process that keeps a CPU busy during all trials" };
        var wait = new Option<bool>("--wait")
        {
            Description = "Plant waits instead of extra computation; each takes 2.5 times the tolerance of the row",
        };
        var plantEvery = NumberOption.Create(
            "--plant-every", "Add slowdowns in every n-th trial only; 0: never", 0, MaxTrials, defaultValue: 1);
        var metric = new Option<string?>("--metric") { Description = "Test only metrics whose id contains this text" };
        var baseline = new Option<string?>("--baseline")
        {
            Description = "Baseline file to compare with [default: a baseline that is measured at the start]",
        };
        var output = new Option<string>("--output")
        {
            Description = "Folder of the report",
            DefaultValueFactory = _ => Path.Combine("TestResults", "perf"),
        };
        var coverage = new Option<bool>("--coverage") { Description = "Test which operations of the libraries the rows guard" };
        var part = NumberOption.CreateOptional(
            "--part", "-p", $"Test only this part of the rows, or of the operations with --coverage, of {Parts} parts", 1, Parts);
        var operation = new Option<string?>("--operation")
        {
            Description = "With --coverage: test only operations whose name contains this text",
        };
        var command = new NotedCommand("self-test", "Measure false-positive rate and detection rate of verdicts on this machine", Notes)
        {
            trials, minutes, neighbour, wait, plantEvery, metric, baseline, output, coverage, part, operation,
        };
        command.SetAction(parsed =>
        {
            var isCoverage = parsed.GetValue(coverage);
            var rows = RowsOf(parsed.GetValue(metric), isCoverage ? null : parsed.GetValue(part));
            var isBeside = parsed.GetValue(neighbour);
            var folder = ProjectRoot.Resolve(parsed.GetRequiredValue(output));
            AtomicFile.RequireFolder(folder);
            if (isCoverage)
            {
                using var only = RunLock.Acquire(Console.WriteLine);
                return CoverageRun.Run(rows, parsed.GetValue(metric), parsed.GetValue(part), parsed.GetValue(operation), folder);
            }

            var stored = parsed.GetValue(baseline) is { } file
                ? new Lazy<StoredValues>(StoredValues.Read(file, rows))
                : new Lazy<StoredValues>(() => StoredValues.Measure(rows));
            using var alone = RunLock.Acquire(Console.WriteLine);
            using var versions = new SelfTestVersions(Console.WriteLine);
            using var beside = isBeside ? new SpinningProcess() : null;
            var run = new SelfTestTrials(
                SettingsFile.Read(), rows, parsed.GetValue(wait), versions, stored, Console.WriteLine);
            var start = DateTimeOffset.UtcNow;
            var isComplete = false;
            try
            {
                run.Run(parsed.GetValue(trials), parsed.GetValue(plantEvery), start.AddMinutes(parsed.GetValue(minutes)));
                isComplete = true;
            }
            finally
            {
                // The verdicts of many trials are reported even if a later trial ends with an exception.
                if (isComplete || run.HasVerdicts)
                {
                    Report(run.Tallies, isBeside, stored.IsValueCreated ? stored.Value.Time : start, start, folder);
                }
            }

            return Judge(run.Tallies);
        });
        return command;
    }

    /// <summary>Creates the option that limits how long a verb runs.</summary>
    internal static Option<double> CreateMinutes() =>
        NumberOption.Create("--minutes", "Stop after this many minutes", 0, MinutesOfAYear, MinutesOfADay);

    private static MetricRow[] RowsOf(string? wanted, int? part)
    {
        MetricRow[] rows =
        [
            .. Catalogue.Rows
                .Where(row => wanted is null || row.Metric.Id.Contains(wanted, StringComparison.Ordinal))
                .Where((_, index) => part is null || index % Parts == part - 1),
        ];
        var ids = string.Join(", ", Catalogue.Metrics.Select(one => one.Id));
        return rows.Length > 0 ? rows : throw new SettingException("--metric", wanted!, $"a metric id or a part of one: {ids}");
    }

    private static void Report(IReadOnlyList<RowTally> tallies, bool isBeside, DateTimeOffset stored, DateTimeOffset start, string folder)
    {
        var condition = isBeside ? "beside a process that keeps a CPU busy" : "as the machine is";
        var text = SelfTestReport.Render(condition, tallies, MachineClass.Current.Id, stored, start, DateTimeOffset.UtcNow);
        AtomicFile.Write(Path.Combine(folder, isBeside ? "self-test-neighbour.md" : "self-test.md"), text);
        Console.WriteLine(text);
    }

    private static int Judge(IReadOnlyList<RowTally> tallies)
    {
        if (SelfTestRule.FindFault(tallies) is { } fault)
        {
            Console.Error.WriteLine(fault);
            return Failed;
        }

        return ExitCode.Success;
    }
}
