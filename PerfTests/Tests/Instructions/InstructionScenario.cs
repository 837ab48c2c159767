using BenchmarkDotNet.Attributes;

namespace PerfTests.Tests.Instructions;

/// <summary>Benchmarks of a loop whose number of repetitions is known.</summary>
public class InstructionScenario
{
    private long _sum = 1;

    /// <summary>Number of repetitions of the loop.</summary>
    public long OperationsPerInvoke { get; set; } = 1_000_000;

    [Benchmark]
    public long Loop()
    {
        var (sum, count) = (_sum, OperationsPerInvoke);
        for (long i = 0; i < count; i++)
        {
            sum = (sum ^ i) + 3;
        }

        return _sum = sum;
    }

    /// <summary>Runs a different number of instructions in each invocation.</summary>
    [Benchmark]
    public long LongerEachTime()
    {
        for (long i = 0; i < _sum; i++)
        {
            OperationsPerInvoke ^= i;
        }

        return ++_sum;
    }
}
