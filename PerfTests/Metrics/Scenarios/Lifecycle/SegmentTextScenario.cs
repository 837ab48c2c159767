using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Names and serialises descriptions of segments, without any segment.</summary>
public class SegmentTextScenario
{
    private const int CallsPerInvoke = 256;

    private readonly SegmentDescriptor _descriptor = new(1UL << 40, BlockSize.OneMebibyte, SegmentName.Generate());
    private string _name = string.Empty;

    /// <summary>Generates a name, validates it, and reads the owner from it.</summary>
    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long Name()
    {
        long sum = 0;
        for (var i = 0; i < CallsPerInvoke; i++)
        {
            _name = SegmentName.Generate();
            SegmentName.Validate(_name);
            sum += SegmentName.TryParseOwner(_name, out var owner) ? owner.ProcessId : 0;
        }

        return sum;
    }

    /// <summary>Serialises a descriptor and reads it.</summary>
    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long Serialise()
    {
        long sum = 0;
        for (var i = 0; i < CallsPerInvoke; i++)
        {
            sum += SegmentDescriptor.Read(_descriptor.ToBytes(), out var byteCount).ByteCount + byteCount;
        }

        return sum;
    }
}
