using CsCheck;
using FluentAssertions;
using PerfTests.Metrics.Traces;
using PerfTests.Tests.Reporting;
using Xunit;

namespace PerfTests.Tests.Metrics;

[Category("Trace")]
public sealed class TraceFileTests : TemporaryResults
{
    [Theory]
    [InlineData("\"timestamp\": 0.0,", "\"timestamp\": 0.2,", "0", "1")]
    [InlineData("\"timestamp\": 0,", "\"timestamp\": 1,", "9223372036854775808", "9223372036854775809")]
    [InlineData("\"timestamp\": 0,", "\"timestamp\": 1,", "\"00000000\"", "\"00000001\"")]
    [InlineData("", "", "-7", "-8")]
    [InlineData("\"timestamp\": null,", "\"timestamp\": -1e9,", "1", "\"1\"")]
    public void Read_AnyTimestampsAndIds_NumbersBlocksInOrderOfAppearance(string earlier, string later, string id, string other) =>
        Read(Line(earlier, $"[{id}, {id}]"), Line(later, $"[{other}, {id}]"))
            .SelectMany(request => request.HashIds).Should().Equal(0, 0, 1, 0);

    [Theory]
    [InlineData("")]
    [InlineData(", \"hash_ids\": null")]
    [InlineData(", \"hash_ids\": []")]
    public void Read_RequestWithoutIds_RequestRefersToNoBlock(string ids) =>
        Read(Line(0, "[5]"), $"{{ \"input_length\": 9, \"output_length\": 5{ids} }}")
            .Select(request => request.HashIds.Length).Should().Equal(1, 0);

    [Fact]
    public void Read_TraceWithoutBlocks_Throws() =>
        FluentActions.Invoking(() => Read(Line(0, "[]")))
            .Should().Throw<InvalidDataException>().WithMessage("*trace.jsonl*no block*hash_ids*");

    [Fact]
    public void Read_TimestampsOutOfOrder_OrdersRequestsByTimestamp() =>
        Read(Line(2, "[1]"), Line("", "[2]"), Line(1, "[3]"), Line(1, "[4]")).SelectMany(request => request.HashIds)
            .Should().Equal([2, 3, 0, 1], "a request without a timestamp follows the request of the preceding line");

    [Fact]
    public void Read_AnyIds_NumbersDistinctIdsWithoutGaps() =>
        Gen.OneOf("0", "1", "18446744073709551615", "-9223372036854775808", "\"0\"", "\"a\\\"b\"", "\"é\"", "0.5").Array[1, 40].Sample(
            tokens =>
            {
                var numbers = Read(Line(0, $"[{string.Join(", ", tokens)}]"))[0].HashIds;
                numbers.Distinct().Should().Equal(Enumerable.Range(0, tokens.Distinct().Count()));
                numbers.Zip(tokens).Distinct().Should().HaveCount(tokens.Distinct().Count());
            },
            iter: 300,
            threads: 1);

    private static string Line(int time, string ids) => Line(FormattableString.Invariant($"\"timestamp\": {time},"), ids);

    private static string Line(string timestamp, string ids) =>
        $$"""{ {{timestamp}} "input_length": 9, "output_length": 5, "hash_ids": {{ids}} }""";

    private IReadOnlyList<TraceRequest> Read(params string[] lines)
    {
        var path = Path.Combine(Folder, "trace.jsonl");
        File.WriteAllLines(path, lines);
        return TraceFile.Read(path);
    }
}
