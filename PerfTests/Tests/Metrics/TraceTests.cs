using FluentAssertions;
using PerfTests.Metrics.Traces;
using PerfTests.Running;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Metrics;

[Category("Trace")]
public sealed class TraceTests
{
    [Fact]
    public void Generate_ShippedSeed_GivesTheShippedTrace() =>
        File.ReadAllLines(TraceFile.ShippedPath).Should().Equal(
            TraceGenerator.Generate(TraceGenerator.ShippedSeed, TraceGenerator.ShippedRequestCount).Select(TraceFile.Format));

    [Fact]
    public void Read_FormattedRequests_ReturnsTheSameRequests()
    {
        var trace = TraceGenerator.Generate(7, 50);
        var path = Path.GetTempFileName();
        File.WriteAllLines(path, trace.Select(TraceFile.Format));
        TraceFile.Read(path).Should().BeEquivalentTo(trace, options => options.WithStrictOrdering());
        File.Delete(path);
    }

    [Fact]
    public void Generate_AnySeed_RequestsHaveOneBlockPer512Tokens() =>
        TraceGenerator.Generate(7, 200).Should().OnlyContain(
            request => request.HashIds.Length == (request.InputLength + TraceRequest.TokensPerBlock - 1) / TraceRequest.TokensPerBlock);

    [Theory]
    [InlineData("""{"timestamp": 0, "input_length": 1, "output_length": 1, "hash_ids": 1}""", "*line 2*hash_ids is not a list*")]
    [InlineData("""{"timestamp": 0, "input_length": 1, "output_length": 1, "hash_ids": [null]}""", "*line 2*neither a number nor a text*")]
    [InlineData("""{"timestamp": 0, "input_length": 1, "output_length": 1, "hash_ids": ["\ud800"]}""", "*line 2*")]
    [InlineData("""{"timestamp": 0, "input_length": 1, "output_length": 1, "hash_ids": [1], "hash_ids": [2]}""", "*line 2*hash_ids*")]
    [InlineData("""{"timestamp": "noon", "input_length": 1, "output_length": 1, "hash_ids": [1]}""", "*line 2*timestamp is not a number*")]
    [InlineData("""{"timestamp": 0, "input_length": -1, "output_length": 1, "hash_ids": [1]}""", "*line 2*input_length is not a number*")]
    [InlineData("""[0, 1, 1, [1]]""", "*line 2*not a JSON object*")]
    [InlineData("{\"timestamp\": 0, ", "*line 2*")]
    public void Read_InvalidLine_ErrorNamesTheLine(string line, string message)
    {
        var path = Path.GetTempFileName();
        File.WriteAllLines(path, [TraceFile.Format(new TraceRequest(0, 1, 1, [0])), line]);
        FluentActions.Invoking(() => TraceFile.Read(path)).Should().Throw<InvalidDataException>().WithMessage(message);
        File.Delete(path);
    }

    [Fact]
    [Trait(LinuxTests.Need, LinuxTests.Linux)]
    public void Replay_CacheIsFull_EvictsTheLeastRecentlyUsedBlock()
    {
        Requires.SharedMemory(Requires.FewPages);
        using var allocator = new SegmentAllocator();
        TraceRequest[] trace =
        [
            new(0, 1024, 1, [1, 2]),
            new(1, 512, 1, [1]), // block 2 is now the least recently used
            new(2, 512, 1, [3]), // evicts block 2
            new(3, 512, 1, [1]), // block 1 is still cached
            new(4, 512, 1, [2]), // evicts block 3
        ];
        var replay = new TraceReplay(allocator, trace, capacityBlocks: 2, blockByteCount: 4096);
        for (var pass = 0; pass < 3; pass++)
        {
            replay.Pass();
            (replay.ReferenceCount, replay.HitCount, replay.EvictionCount).Should().Be((6, 2, 2), "each pass starts with an empty cache");
        }
    }
}
