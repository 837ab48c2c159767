using CsCheck;
using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Tests.Reporting;
using Xunit;

namespace PerfTests.Tests.Results;

/// <summary>
/// Tests seed files: results files in the format of the scripts that this suite replaces, written by these scripts or by other
/// tools.
/// </summary>
[Category("Formats")]
public sealed class SeedFileTests : TemporaryResults
{
    /// <summary>
    /// Keys that other tools may add with a value of any type. In files with a schema version these keys have fixed types.
    /// </summary>
    private static readonly string[] s_foreignKeys =
    [
        "machine", "machine_class", "runtime", "git_dirty", "disturbances", "is_untrusted", "base", "direction", "parameters", "launches",
        "judgement", "provenance", "tolerance_percent", "group", "steps", "title", "anything",
    ];

    private static readonly string[] s_foreignValues =
        ["1", "-1.5", "1e999", "null", "true", "\"false\"", "\"x86_64\"", "[]", "[null, {}]", "{}", "{ \"size\": \"1MB\" }"];

    [Fact]
    public void Read_KeysAddedByOtherTools_ReturnsTheSameValues()
    {
        var foreign = Gen.Select(Gen.OneOf(s_foreignKeys), Gen.OneOf(s_foreignValues)).Array[0, 6];
        Gen.Select(foreign, foreign, foreign).Sample(
            (top, row, metadata) =>
            {
                var document = Read(Seed(top: Text(top), row: Text(row), metadata: Text(metadata)));
                document.Metrics.Values.Select(row => (row.Name, row.Value, row.Unit)).Should().Equal(
                    ("allocation_total_time", 10_000, "nanoseconds"), ("custom_thing", 5, "nanoseconds"));
                document.Metrics.Values.Should().OnlyContain(row => row.Launches == null && row.Direction == null);
                (document.UnusableRows.Count, document.Metadata.GitCommit, document.Metadata.MachineClass).Should().Be((0, "abc", null));
            },
            iter: 300,
            threads: 1);

        static string Text((string Key, string Value)[] keys) =>
            string.Concat(keys.DistinctBy(one => one.Key).Select(one => $"\"{one.Key}\": {one.Value}, "));
    }

    [Theory]
    [InlineData("\"2026-01-01T00:00:00\"", "2026-01-01T00:00:00", 2026)]
    [InlineData("\"2026-01-01 00:00:00\"", "2026-01-01 00:00:00", 2026)]
    [InlineData("1767225600", "1767225600", 2026)]
    [InlineData("1767225600.25", "1767225600.25", 2026)]
    [InlineData("1767225600000", "1767225600000", 2026)]
    [InlineData("1767225600000000", "1767225600000000", 2026)]
    [InlineData("1767225600000000000", "1767225600000000000", 2026)]
    [InlineData("\"yesterday\"", "yesterday", null)]
    [InlineData("-5", "-5", null)]
    [InlineData("1e300", "1e300", null)]
    [InlineData("null", "an unknown time", null)]
    [InlineData("{ \"sec\": 5 }", "an unknown time", null)]
    public void Read_AnyTimestamp_TextStaysUnchanged(string json, string shown, int? year)
    {
        var document = Read(Seed(timestamp: json));
        (document.DayText, document.TimeText).Should().Be((shown, shown));
        document.Timestamp.UtcDateTime.Year
            .Should().Be(year ?? DateTime.UtcNow.Year, "the file's own time replaces an unreadable timestamp");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"metadata\": null, \"schema_version\": null,")]
    [InlineData("\"metadata\": \"none\", \"schema_version\": 0,")]
    public void Read_FileWithMetricsOnly_Succeeds(string top) =>
        Read(SeedJson.WithTop(top, ("custom_thing", "5, \"unit\": \"ns\""))).Metrics["custom_thing"].Value.Should().Be(5);

    [Theory]
    [InlineData("allocation_total_time", "allocation_total_time/shm")]
    [InlineData("lookup_arithmetic_time/arena/segments=100", "lookup_arithmetic_time")]
    [InlineData("kv_trace_replay_throughput/trace=a-1", "kv_trace_replay_throughput/shm/trace=a-1")]
    public void Read_RowUnderTwoKeys_ErrorNamesBothKeys(string first, string second) =>
        FluentActions.Invoking(() => Read(SeedJson.Of((first, "5, \"unit\": \"ns\""), (second, "9, \"unit\": \"ns\""))))
            .Should().Throw<ResultsFileException>().WithMessage($"*results.json*\"{first}\"*\"{second}\"*");

    private static string Seed(
        string timestamp = "\"2026-01-01T00:00:00\"", string top = "", string row = "", string metadata = "") => $$"""
        { {{top}} "timestamp": {{timestamp}}, "metrics": {
            "allocation_total_time": { {{row}} "name": "allocation_total_time", "value": 10000, "unit": "nanoseconds" },
            "custom_thing": { "name": "custom_thing", {{row}} "value": 5, "unit": "nanoseconds" } },
          "metadata": { {{metadata}} "build_dir": "build", "git_commit": "abc" } }
        """;

    private ResultsDocument Read(string json)
    {
        var path = Path.Combine(Folder, "results.json");
        File.WriteAllText(path, json);
        return ResultsFile.Read(path, CatalogueKeys.Known);
    }
}
