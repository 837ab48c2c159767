using System.Text;
using CsCheck;
using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Tests.Reporting;
using Xunit;

namespace PerfTests.Tests.Results;

/// <summary>Tests that a fault within a row makes only that row unusable.</summary>
[Category("Formats")]
public sealed class RowFaultTests : TemporaryResults
{
    private static readonly MetricRow s_row = Catalogue.Row("allocation_total_time", Allocators.Arena);
    private static readonly MetricRow s_other = Catalogue.Row("allocation_throughput", Allocators.Arena);

    public static TheoryData<string, string> UnitSpellings { get; } =
        [.. MetricUnit.ByName.Values.SelectMany(unit => new[] { (unit.Name, unit.Name), (unit.Symbol, unit.Name) }).Distinct()];

    private string FilePath => Path.Combine(Folder, "results.json");

    [Theory]
    [MemberData(nameof(UnitSpellings))]
    public void Read_UnitByNameOrSymbol_GivesTheSameUnit(string spelling, string name)
    {
        File.WriteAllText(FilePath, SeedJson.Of(("some_row", $"5, \"unit\": \"{spelling}\"")));
        ResultsFile.Read(FilePath, CatalogueKeys.Known).Metrics["some_row"].Unit.Should().Be(name);
    }

    [Theory]
    [InlineData("5, \"unit\": \"parsecs\"", "its unit is \"parsecs\", expected one of nanoseconds, *")]
    [InlineData("5, \"unit\": \"NS\"", "its unit is \"NS\"*")]
    [InlineData("5, \"unit\": \"\"", "its unit is \"\"*")]
    [InlineData("5, \"unit\": null", "it lacks a name, a number as its value, or a unit")]
    [InlineData("\"5\", \"unit\": \"ns\"", "it lacks *")]
    [InlineData("null, \"unit\": \"ns\"", "it lacks *")]
    [InlineData("0, \"unit\": \"ns\"", "its value is 0, which cannot have been measured")]
    [InlineData("-1, \"unit\": \"ns\"", "its value is -1, *")]
    [InlineData("1e999, \"unit\": \"ns\"", "its value is Infinity, *")]
    public void Read_InvalidRowOfReplacedScripts_MakesOnlyThatRowUnusable(string part, string reason)
    {
        File.WriteAllText(FilePath, SeedJson.Of(("some_row", part), ("another", "0, \"unit\": \"B\"")));
        RequireFault("some_row", reason, "another");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("{ \"name\": \"other\", \"value\": 5, \"unit\": \"ns\" }")]
    public void Read_EntryOfReplacedScriptsIsNoRow_MakesOnlyThatEntryUnusable(string entry)
    {
        var sound = SeedJson.Of(("another", "1, \"unit\": \"ns\""));
        File.WriteAllText(FilePath, sound.Replace("\"metrics\": {", $"\"metrics\": {{ \"some_row\": {entry},", StringComparison.Ordinal));
        RequireFault("some_row", "*", "another");
    }

    [Theory]
    [InlineData("\"floor_nanoseconds\": 10,", "\"floor_nanoseconds\": 1e400,", "its floor_nanoseconds is Infinity*")]
    [InlineData("\"floor_nanoseconds\": 10,", "\"floor_nanoseconds\": 0,", "its floor_nanoseconds is 0*")]
    [InlineData("[10, 20]", "[10, -20]", "its sample_nanoseconds is -20*")]
    [InlineData("[10, 20]", "[10, 1e400]", "its sample_nanoseconds is Infinity*")]
    [InlineData("\"reference_nanoseconds\": 1.25", "\"reference_nanoseconds\": 0", "its reference_nanoseconds is 0*")]
    [InlineData("\"parallel_reference_nanoseconds\": 0.75", "\"parallel_reference_nanoseconds\": 0", "its parallel_reference_nanoseconds*")]
    [InlineData("\"tolerance_percent\": 10", "\"tolerance_percent\": -10", "its tolerance_percent is -10*")]
    [InlineData("\"candidate_value\": 10", "\"candidate_value\": 0", "its candidate_value is 0*")]
    [InlineData("\"limit_percent\": 7", "\"limit_percent\": -7", "its limit_percent is -7*")]
    [InlineData("\"limit_amount\": 0.05", "\"limit_amount\": 1e400", "its limit_amount is Infinity*")]
    [InlineData("\"method\": \"ShmHeap.Free\"", "\"method\": null", "it has a changed method without a name")]
    [InlineData("\"value\": 700", "\"value\": 0", "its slow.value is 0*")]
    [InlineData("\"unit\": \"nanoseconds\"", "\"unit\": \"GB/s\"", "its unit is \"GB/s\", expected \"nanoseconds\"")]
    [InlineData("\"unit\": \"nanoseconds\"", "\"unit\": null", "it lacks *")]
    [InlineData("\"direction\": \"lower\"", "\"direction\": \"higher\"", "its direction is Higher*")]
    [InlineData("\"value\": 10,", "\"value\": 100,", "its value is 100 ns, and its own launches measured 10.0 ns")]
    public void Read_InvalidRow_MakesOnlyThatRowUnusable(string part, string replacement, string reason)
    {
        var valid = Write(ResultsSample.Row(s_row), ResultsSample.Row(s_other));
        valid.Should().Contain(part, "the test replaces this part");
        var first = valid.IndexOf(part, StringComparison.Ordinal);
        File.WriteAllText(FilePath, valid[..first] + replacement + valid[(first + part.Length)..]);
        RequireFault(s_row.Key, reason, s_other.Key);
    }

    [Fact]
    public void Read_LaunchIsNull_MakesOnlyThatRowUnusable()
    {
        Write(ResultsSample.Row(s_row) with { Launches = [null!] }, ResultsSample.Row(s_other));
        RequireFault(s_row.Key, "it has a launch that is null", s_other.Key);
    }

    [Fact]
    public void Read_ValueDiffersFromItsLaunches_MakesTheRowUnusable() =>
        Gen.Select(Gen.OneOf(Catalogue.Rows.ToArray()), Gen.Double[0.5, 1e6], Gen.OneOf(0.001, 0.5, 0.999, 1.0, 1.001, 1.5, 1000.0)).Sample(
            (row, nanoseconds, factor) =>
            {
                var result = ResultsSample.Row(row, nanoseconds);
                var fault = RowValidation.FindFault(
                    row.Key, result with { Value = result.Value * factor }, CatalogueKeys.Known(row.Key), out _);
                (fault is null).Should().Be(Math.Abs(factor - 1) < 0.01, fault);
            },
            iter: 500,
            threads: 1);

    private void RequireFault(string key, string reason, string sound)
    {
        var document = ResultsFile.Read(FilePath, CatalogueKeys.Known);
        document.UnusableRows.Should().ContainSingle().Which.Key.Should().Be(key);
        document.UnusableRows[key].Should().Match(reason);
        document.Metrics.Keys.Should().Equal(sound);
    }

    private string Write(params MetricResult[] rows)
    {
        ResultsFile.Write(FilePath, ResultsSample.Document(rows));
        return File.ReadAllText(FilePath, Encoding.UTF8);
    }
}
