using System.Globalization;
using System.Text.Json;
using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>Tests that Allure's results of earlier runs can be told from those of the last run.</summary>
[Category("Formats")]
public sealed class AllureEarlierRunTests : TemporaryResults
{
    private static readonly MetricResult s_first = SampleResults.Row(Verdict.Regressed, 13.1);
    private static readonly MetricResult s_second =
        SampleResults.Row(Verdict.Passed, 20, 20, Catalogue.Row("transfer_1mb_bandwidth", Allocators.Shm));

    [Fact]
    public void Start_KilledRunAfterAnotherRun_RowNotRunHasNoValueAndOtherRowIsMarked()
    {
        Run("one", s_first, s_second);
        new AllureRun(Folder, Of("two")).Start([TestIdentity.Of(s_first)], isWholeCatalogue: false);

        // The second run is killed here.
        Result(s_first).Text("status").Should().Be("broken");
        Result(s_first).Items("attachments").Should().BeEmpty();
        Result(s_first).GetRawText().Should().NotContain("13.1");
        (Hidden(s_first, "run"), Hidden(s_second, "run")).Should().Be(("two", "one"));
        (Tags(s_first).Contains("earlier run"), Tags(s_second).Contains("earlier run")).Should().Be((false, true));
        AllureRunFiles.ReadRunId(Folder).Should().Be("two");
    }

    [Fact]
    public void Start_RunWithoutPerformanceRows_KeepsResultsOfTheLastPerformanceRun()
    {
        Run("one", s_first);
        new AllureRun(Folder, Of("two")).Start([], isWholeCatalogue: false);
        AllureRunFiles.ReadRunId(Folder).Should().Be("one");
        Tags(s_first).Should().NotContain("earlier run");
    }

    [Fact]
    public void Write_ResultsOfTheSameRunAgain_MarksNothing()
    {
        Run("one", s_first, s_second);
        var results = SampleResults.Of(s_first);
        new AllureReporter(Folder).Write(results with { Metadata = results.Metadata with { RunId = "one" } }, Folder);
        Tags(s_second).Should().NotContain("earlier run");
    }

    [Fact]
    public void Ended_RowsInAnyOrder_FilesHaveTheOrderOfTheCatalogue()
    {
        Run("one", s_second, s_first);
        AllureFolderReader.Read(Path.Combine(Folder, "perftests-perf.json")).EnumerateArray().Select(metric => metric.Text("key"))
            .Should().Equal(s_first.Name, s_second.Name);
        Order(s_first).Should().BeLessThan(Order(s_second));
    }

    private void Run(string id, params MetricResult[] rows)
    {
        var run = new AllureRun(Folder, Of(id));
        run.Start([.. rows.Select(TestIdentity.Of)], isWholeCatalogue: false);
        foreach (var row in rows)
        {
            run.Ended(TestIdentity.Of(row), new AllureRow(row).OutcomeAt(SampleResults.Time), row);
        }
    }

    private static ResultsMetadata Of(string id) => new() { RunId = id };

    private JsonElement Result(MetricResult row) =>
        AllureFolderReader.Results(Folder).Single(result => result.Text("name") == TestIdentity.Of(row).DisplayName);

    private int Order(MetricResult row) => int.Parse(Hidden(row, "order")!, CultureInfo.InvariantCulture);

    private string? Hidden(MetricResult row, string name) => Result(row).Items("parameters")
        .Where(parameter => parameter.Text("name") == name)
        .Where(parameter => parameter.Text("mode") == "hidden" && parameter.GetProperty("excluded").GetBoolean())
        .Select(parameter => parameter.Text("value")).SingleOrDefault();

    private IEnumerable<string> Tags(MetricResult row) =>
        Result(row).Items("labels").Where(label => label.Text("name") == "tag").Select(label => label.Text("value"));
}
