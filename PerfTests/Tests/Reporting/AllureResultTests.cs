using System.Text.Json;
using FluentAssertions;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

[Category("Formats")]
public sealed class AllureResultTests : TemporaryResults
{
    private static readonly TestIdentity s_broken = TestIdentity.Of(SampleResults.Row(Verdict.Passed, 10));

    [Fact]
    public void Write_RegressedRow_ResultHasExpectedAndActualValue()
    {
        var result = Write(SampleResults.Row(Verdict.Regressed, 13.1)).Single();
        result.Text("status").Should().Be("failed");
        result.Text("stage").Should().Be("finished");
        var details = result.GetProperty("statusDetails");
        details.Text("message").Should().Be("Regressed: it became slower");
        details.Text("actual").Should().Be("13.1 ns");
        details.Text("expected").Should().Be("at most 10.7 ns (baseline 10.0 ns, limit 7 %)");
        result.Items("steps").Select(step => (step.Text("name"), step.Text("status")))
            .Should().Equal(("Launch 1, in the test process", "passed"), ("Judge", "failed"));
        result.GetProperty("start").GetInt64().Should().Be(SampleResults.Time.ToUnixTimeMilliseconds());
        result.GetProperty("stop").GetInt64().Should().Be(SampleResults.Time.AddSeconds(2).ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData(Verdict.NotComparable, "skipped")]
    [InlineData(Verdict.Inconclusive, "skipped")]
    [InlineData(Verdict.Improved, "passed")]
    public void Write_AnyOtherVerdict_ResultHasItsStatusAndMessage(Verdict verdict, string status)
    {
        var result = Write(SampleResults.Row(verdict, 10, verdict == Verdict.NotComparable ? null : 10)).Single();
        result.Text("status").Should().Be(status);
        result.GetProperty("statusDetails").Text("message").Should().NotBeEmpty();
    }

    [Fact]
    public void Ended_RowThatThrew_ResultHasNoValueAndTheSameHistoryId()
    {
        var run = new AllureRun(Folder, new ResultsMetadata());
        run.Ended(
            s_broken,
            new TestOutcome
            {
                Status = AllureStatus.Broken,
                Message = "no space left",
                Trace = "at X",
                Start = SampleResults.Time,
                Stop = SampleResults.Time,
                Categories = ["Perf"],
            });
        var result = AllureFolderReader.Results(Folder).Single();
        result.Text("status").Should().Be("broken");
        result.GetProperty("statusDetails").Text("trace").Should().Be("at X");
        result.Items("labels").Should().Contain(label => label.Text("name") == "feature" && label.Text("value") == "Allocation");
        result.Text("historyId").Should().Be(AllureIdentity.Of(s_broken).HistoryId);
    }

    [Fact]
    public void Start_RunKilledLater_EndedRowsKeepResultsAndOthersAreBroken()
    {
        var run = new AllureRun(Folder, new ResultsMetadata());
        var first = SampleResults.Row(Verdict.Passed, 10);
        var second = SampleResults.Row(Verdict.Passed, 20, 20, Catalogue.Row("transfer_1mb_bandwidth", Allocators.Shm));
        run.Start([TestIdentity.Of(first), TestIdentity.Of(second)], isWholeCatalogue: false);
        run.Ended(TestIdentity.Of(first), new AllureRow(first).OutcomeAt(SampleResults.Time), first);

        // The run is killed here, so it calls nothing else.
        AllureFolderReader.Results(Folder).Select(result => (result.Text("name"), result.Text("status"))).Should().BeEquivalentTo(
            [("allocation_total_time(allocator: arena)", "passed"), ("transfer_1mb_bandwidth(allocator: shm)", "broken")]);
        AllureFolderReader.Results(Folder).Single(result => result.Text("status") == "broken").GetProperty("statusDetails").Text("message")
            .Should().Be(AllureRun.NotRun);
        Metrics().Should().ContainSingle().Which.Text("key").Should().Be("allocation_total_time/arena");
        Directory.GetFiles(Folder).Should().NotContain(file => file.EndsWith(".tmp", StringComparison.Ordinal))
            .And.Contain(Path.Combine(Folder, "categories.json"));
    }

    [Fact]
    public void Write_SecondRun_ReplacesResultsAndKeepsHistory()
    {
        var before = Write(SampleResults.Row(Verdict.Passed, 10)).Single();
        var files = Directory.GetFiles(Folder);
        var after = Write(SampleResults.Row(Verdict.Regressed, 13)).Single();
        after.Text("historyId").Should().Be(before.Text("historyId"), "measured values are not part of the id");
        Directory.GetFiles(Folder).Should().BeEquivalentTo(files);
        after.Items("parameters").Where(parameter => !parameter.TryGetProperty("excluded", out _))
            .Select(parameter => (parameter.Text("name"), parameter.Text("value")))
            .Should().Equal(("allocator", "\"arena\""));
        after.Items("parameters")
            .Should().Contain(parameter => parameter.Text("name") == "measured" && parameter.GetProperty("excluded").GetBoolean());
    }

    [Fact]
    public void Start_RunOfAllRows_RemovesOnlyEarlierPerformanceResults()
    {
        Write(SampleResults.Row(Verdict.Passed, 10), SampleResults.Unknown("kv_trace_replay_throughput/trace=other"));
        var own = OwnTest(nameof(Start_RunOfAllRows_RemovesOnlyEarlierPerformanceResults));
        WriteOwn(own);
        File.WriteAllText(Path.Combine(Folder, "foreign-result.json"), "{ \"labels\": 7 }");
        File.WriteAllText(Path.Combine(Folder, "notes.txt"), "kept");
        var row = TestIdentity.Of(SampleResults.Row(Verdict.Passed, 10));

        new AllureRun(Folder, new ResultsMetadata()).Start([], isWholeCatalogue: false);
        Directory.GetFiles(Folder, "*-result.json").Should().HaveCount(4, "a run of some rows keeps the others");
        new AllureRun(Folder, new ResultsMetadata()).Start([row], isWholeCatalogue: true);

        File.Delete(Path.Combine(Folder, "foreign-result.json"));
        AllureFolderReader.Results(Folder).Select(result => result.Text("name"))
            .Should().BeEquivalentTo(own.DisplayName, row.DisplayName);
        Directory.GetFiles(Folder, "*-attachment*").Should().BeEmpty();
        File.Exists(Path.Combine(Folder, "notes.txt")).Should().BeTrue();
    }

    [Fact]
    public void Start_ResultsOfRenamedTests_RemovesThemAndKeepsOthers()
    {
        var existing = OwnTest(nameof(Start_ResultsOfRenamedTests_RemovesThemAndKeepsOthers));
        var theory = OwnTest(nameof(Write_AnyOtherVerdict_ResultHasItsStatusAndMessage)) with
        {
            ParameterTypes = [typeof(Verdict).FullName!, typeof(string).FullName!],
        };
        var foreign = existing with { AssemblyName = "Other", MethodName = "Renamed", DisplayName = "foreign" };
        WriteOwn(existing, theory, foreign);
        WriteOwn(
            existing with { MethodName = "Renamed" },
            theory with { ParameterTypes = [] },
            existing with { ClassName = "PerfTests.Tests.Gone" });

        new AllureRun(Folder, new ResultsMetadata()).Start([], isWholeCatalogue: false);

        AllureFolderReader.Results(Folder).Select(result => result.Text("fullName"))
            .Should().BeEquivalentTo(new[] { existing, theory, foreign }.Select(test => AllureIdentity.Of(test).FullName));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void Start_EarlierMetricsFile_IsRemovedOnlyIfTheRunMeasuresRows(bool measures, int files)
    {
        Write(SampleResults.Row(Verdict.Passed, 10));
        new AllureRun(Folder, new ResultsMetadata()).Start(measures ? [s_broken] : [], isWholeCatalogue: false);

        // The run is killed here.
        Directory.GetFiles(Folder, "*-perf.json").Should().HaveCount(files);
    }

    [Fact]
    public void Ended_RowWasMeasuredWithAnotherTrace_ReplacesThePlannedRow()
    {
        var row = TestIdentity.Of(SampleResults.Row(Verdict.Passed, 10));
        var run = new AllureRun(Folder, new ResultsMetadata());
        run.Start([row], isWholeCatalogue: true);
        var measured = SampleResults.Unknown("kv_trace_replay_throughput/trace=other");
        run.Ended(row, new AllureRow(measured).OutcomeAt(SampleResults.Time), measured);
        AllureFolderReader.Results(Folder).Should().ContainSingle().Which.Text("name").Should().Contain("trace=other");
    }

    [Fact]
    public void RemovePerformanceResults_ForgedAttachmentPath_DeletesNothingOutsideTheFolder()
    {
        var outside = Path.Combine(Folder, "outside.txt");
        File.WriteAllText(outside, "kept");
        var inner = Path.Combine(Folder, "inner");
        Directory.CreateDirectory(inner);
        File.WriteAllText(
            Path.Combine(inner, "x-result.json"),
            """
            { "labels": [{ "name": "tag", "value": "Perf" }, { "name": "package", "value": "PerfTests.Metrics.X" }],
              "attachments": [{ "source": "../outside.txt" }] }
            """);
        new AllureFolder(inner, new ResultsMetadata()).RemovePerformanceResults();
        Directory.GetFiles(inner).Should().BeEmpty();
        File.Exists(outside).Should().BeTrue();
    }

    [Fact]
    public void Write_AnyRow_AttachmentsExistWithTheirTypes()
    {
        var result = Write(SampleResults.Row(Verdict.Passed, 10)).Single();
        result.Items("attachments").Select(attachment => attachment.Text("type"))
            .Should().Equal("image/svg+xml", "application/json", "text/plain");
        result.Items("attachments").Should().OnlyContain(attachment => File.Exists(Path.Combine(Folder, attachment.Text("source"))));
    }

    [Fact]
    public void Ended_TestThatAttachesAPictureAndATable_BothHaveTheirTypes()
    {
        var outcome = new TestOutcome
        {
            Status = AllureStatus.Passed,
            Start = SampleResults.Time,
            Stop = SampleResults.Time,
            Tables = new Dictionary<string, string> { ["picture"] = "<svg/>", ["table"] = "| a |" },
        };
        new AllureRun(Folder, new ResultsMetadata()).Ended(s_broken, outcome);
        AllureFolderReader.Results(Folder).Single().Items("attachments")
            .Select(attachment => (attachment.Text("name"), attachment.Text("type")))
            .Should().BeEquivalentTo([("picture", "image/svg+xml"), ("table", "text/markdown")]);
    }

    [Fact]
    public void Write_MetricsFile_ContainsEveryRow()
    {
        Write(
            SampleResults.Row(Verdict.Passed, 10),
            SampleResults.Row(Verdict.Passed, 20, 20, Catalogue.Row("transfer_1mb_bandwidth", Allocators.Shm)));
        Metrics().Select(metric => (metric.Text("unit"), metric.Text("group"), metric.Text("better")))
            .Should().Equal(("ns", "allocation", "lower"), ("GB/s", "transfer", "higher"));
    }

    [Fact]
    public void Executor_VariablesOfAPipeline_NamesThePipeline()
    {
        Executor().Should().BeNull();
        Executor(("GITLAB_CI", "true"), ("CI_PIPELINE_IID", "12"), ("CI_JOB_URL", "https://gitlab.example/j/1"))
            .Should().Match<PipelineExecutor>(
                executor => executor.Type == "gitlab" && executor.BuildName.StartsWith("pipeline 12", StringComparison.Ordinal)
                    && executor.BuildUrl == "https://gitlab.example/j/1");
        Executor(
            ("GITHUB_ACTIONS", "true"), ("GITHUB_RUN_NUMBER", "7"), ("GITHUB_SERVER_URL", "https://github.example"),
            ("GITHUB_REPOSITORY", "a/b"), ("GITHUB_RUN_ID", "99"))
            .Should().Match<PipelineExecutor>(
                executor => executor.Type == "github" && executor.BuildUrl == "https://github.example/a/b/actions/runs/99");
        Executor(("JENKINS_URL", "https://jenkins.example"), ("BUILD_NUMBER", "3"), ("JOB_NAME", "perf"))
            .Should().Match<PipelineExecutor>(executor => executor.Type == "jenkins" && executor.BuildName == "perf 3");
    }

    [Theory]
    [InlineData("GITLAB_CI", "true", "CI_PIPELINE_IID", "CI_PIPELINE_CREATED_AT", "2026-11-26T22:59:58+01:00")]
    [InlineData("JENKINS_URL", "https://jenkins.example", "BUILD_NUMBER", "STARTED", "1795730398000")]
    public void Executor_NumbersBeginAtOneAgain_OrderIsTheTimeOfThePipeline(
        string system, string value, string number, string time, string started)
    {
        Executor((system, value), (number, "1"), (time, started))!.BuildOrder.Should().Be(20261126215958);
        Executor((system, value), (number, "300"), (time, "unknown"))!.BuildOrder.Should().Be(20260128123456);
    }

    [Fact]
    public void Executor_RunOfGitHub_OrderIsTheTimeOfTheMeasurement() =>
        Executor(("GITHUB_ACTIONS", "true"), ("GITHUB_RUN_NUMBER", "1"))!.BuildOrder.Should().Be(20260128123456);

    [Fact]
    public void Read_ConfigurationFile_ReturnsTheResultsFolder()
    {
        var file = Path.Combine(Folder, "own.json");
        File.WriteAllText(file, """{ "allure": { "directory": "elsewhere", "links": ["https://example.com/{issue}"] } }""");
        AllureConfiguration.Read(file, "none").Directory.Should().Be(ProjectRoot.Resolve("elsewhere"));
        AllureConfiguration.Read(null, Path.Combine(Folder, "none.json")).Directory.Should().Be(ProjectRoot.Resolve("allure-results"));
        FluentActions.Invoking(() => AllureConfiguration.Read("missing.json", file))
            .Should().Throw<AllureConfigurationException>().WithMessage("*ALLURE_CONFIG*missing.json*");
    }

    private static PipelineExecutor? Executor(params (string Name, string Value)[] variables) =>
        PipelineExecutor.Of(variables.ToDictionary(one => one.Name, one => one.Value).GetValueOrDefault, SampleResults.Time);

    private static TestIdentity OwnTest(string method) => new(
        typeof(AllureResultTests).Assembly.GetName().Name!, typeof(AllureResultTests).FullName!, method, [], [], method);

    private void WriteOwn(params TestIdentity[] tests)
    {
        var folder = new AllureFolder(Folder, new ResultsMetadata());
        var passed = new TestOutcome { Status = AllureStatus.Passed, Start = SampleResults.Time, Stop = SampleResults.Time };
        Array.ForEach(tests, test => folder.Write(test, passed));
    }

    private IReadOnlyList<JsonElement> Write(params MetricResult[] rows)
    {
        new AllureReporter(Folder).Write(SampleResults.Of(rows), Folder);
        return AllureFolderReader.Results(Folder);
    }

    private IEnumerable<JsonElement> Metrics() => AllureFolderReader.Read(Path.Combine(Folder, "perftests-perf.json")).EnumerateArray();
}
