using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Theory that counts instructions and compares the counts with those of another version.</summary>
public sealed class InstructionMetrics(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void instructions_per_operation(string allocator, string operation) => Check([allocator, operation]);
}
