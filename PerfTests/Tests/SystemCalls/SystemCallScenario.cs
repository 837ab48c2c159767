using BenchmarkDotNet.Attributes;
using Shm.Core.Native;

namespace PerfTests.Tests.SystemCalls;

/// <summary>Benchmarks that make a known number of system calls.</summary>
public class SystemCallScenario
{
    public const int OperationsPerInvoke = 10;

    private long _sum;

    [Benchmark(OperationsPerInvoke = OperationsPerInvoke)]
    public long Nothing() => _sum;

    [Benchmark(OperationsPerInvoke = OperationsPerInvoke)]
    public long Three()
    {
        for (var call = 0; call < 3 * OperationsPerInvoke; call++)
        {
            _sum += LibC.EffectiveUserId();
        }

        return _sum;
    }

    [Benchmark]
    public long Failing() => _sum == 0 ? throw new InvalidOperationException("planned") : _sum;
}
