using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Theories that measure copying into shared memory.</summary>
public sealed class TransferMetrics(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void transfer_1mb_bandwidth(string allocator) => Check([allocator]);

    [Theory, MetricRows]
    public void transfer_bandwidth(string allocator, int kibibytes) => Check([allocator, kibibytes]);

    [Theory, MetricRows]
    public void cross_process_transfer_bandwidth(string allocator) => Check([allocator]);
}
