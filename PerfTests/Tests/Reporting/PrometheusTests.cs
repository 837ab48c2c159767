using System.Text.Json;
using System.Text.RegularExpressions;
using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Reporting.Prometheus;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

[Category("Formats")]
public sealed partial class PrometheusTests : TemporaryResults
{
    private static readonly string s_folder = ProjectRoot.Resolve("PerfTests/Reporting/Prometheus");

    private readonly SyntheticMachine _machine = new(seed: 2);

    [Fact]
    public void Render_AllRows_FollowsTheRulesOfTheFormat()
    {
        var text = new PrometheusText(PrometheusReporter.Render(_machine.Run()));
        text.Faults.Should().BeEmpty();
        text.Families.Should().Contain(
        [
            "perf_regressed", "perf_judged", "perf_change_ratio", "perf_tolerance_ratio", "perf_run_info", "perf_run_start_time_seconds",
            "perf_value_seconds", "perf_baseline_seconds", "perf_value_bytes_per_second", "perf_value_bytes", "perf_value_system_calls",
        ]);
    }

    [Fact]
    public void Render_RegressedRow_HasValuesInBaseUnits()
    {
        var text = new PrometheusText(PrometheusReporter.Render(SampleResults.Of(SampleResults.Row(Verdict.Regressed, 13))));
        const string Labels = "{metric=\"allocation_total_time\",machine_class=\"some-machine\",allocator=\"arena\"}";
        text.Samples[$"perf_regressed{Labels}"].Should().Be(1);
        text.Samples[$"perf_judged{Labels}"].Should().Be(1);
        text.Samples[$"perf_change_ratio{Labels}"].Should().BeApproximately(0.3, 1e-9);
        text.Samples[$"perf_value_seconds{Labels}"].Should().BeApproximately(13e-9, 1e-15);
        text.Samples[$"perf_baseline_seconds{Labels}"].Should().BeApproximately(10e-9, 1e-15);
        text.Samples["perf_run_info{machine_class=\"some-machine\",commit=\"abc1234\",runtime=\".NET 10.0.0\",verdict=\"regressed\"}"]
            .Should().Be(1);
    }

    [Fact]
    public void Render_RateThatDropped_IsAChangeForTheWorse()
    {
        var row = Catalogue.Row("transfer_1mb_bandwidth", Allocators.Shm);
        var results = SampleResults.Of(SampleResults.Row(Verdict.Regressed, 25_000, 20_000, row));
        var text = new PrometheusText(PrometheusReporter.Render(results));
        const string Labels = "{metric=\"transfer_1mb_bandwidth\",machine_class=\"some-machine\",allocator=\"shm\"}";
        text.Samples[$"perf_change_ratio{Labels}"].Should().BePositive();
        text.Samples[$"perf_value_bytes_per_second{Labels}"].Should().BeApproximately((1 << 20) / 25_000e-9, 1e3);
    }

    [Fact]
    public void Render_RowThatCannotBeJudged_HasNoChangeAndIsNotRegressed()
    {
        var text = PrometheusReporter.Render(SampleResults.Of(SampleResults.Row(Verdict.Inconclusive, 13)));
        text.Should().Contain("perf_judged{").And.NotContainAny("perf_regressed", "perf_change_ratio", "perf_tolerance_ratio");
        text.Should().Contain("verdict=\"not_judged\"");
    }

    [Fact]
    public void Alerts_AnyExpression_UsesFamiliesOfTheFile()
    {
        string[] expressions =
        [
            .. Expression().Matches(File.ReadAllText(Path.Combine(s_folder, "perf-alerts.yml"))).Select(match => match.Value),
            .. Expressions(AllureFolderReader.Read(Path.Combine(s_folder, "grafana-dashboard.json"))),
        ];
        expressions.Should().HaveCountGreaterThan(8);
        Family().Matches(string.Join('\n', expressions)).Select(match => match.Value).Distinct()
            .Should().BeSubsetOf(new PrometheusText(PrometheusReporter.Render(_machine.Run())).Families);
    }

    [Fact]
    public void Promtool_FileAndRules_FindsNoFault()
    {
        var file = new PrometheusReporter().Write(_machine.Run(["allocation_total_time/arena"], 1.5), Folder)[0];
        Promtool($"promtool check metrics < {file}");
        Promtool("promtool check rules perf-alerts.yml");
        Promtool("promtool test rules perf-alerts.test.yml");
    }

    private static void Promtool(string command)
    {
        var (exitCode, _, all) = ExternalProgram.Run("sh", ["-c", command], s_folder);
        Assert.SkipWhen(exitCode == 127, "promtool is not installed: apt-get install prometheus");
        exitCode.Should().Be(0, all);
    }

    /// <summary>Lists the texts of all properties named <c>expr</c>.</summary>
    private static IEnumerable<string> Expressions(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.Name == "expr" ? [property.Value.GetString()!] : Expressions(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Expressions),
        _ => [],
    };

    [GeneratedRegex("(?<=expr: ).*")]
    private static partial Regex Expression();

    [GeneratedRegex("perf_[a-z_]+")]
    private static partial Regex Family();
}
