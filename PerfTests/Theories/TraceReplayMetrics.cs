using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Theories that measure the replay of a KV-cache trace.</summary>
public sealed class TraceReplayMetrics(PerfRun run) : PerfTheories(run)
{
    [Theory, MetricRows]
    public void kv_trace_replay_throughput(string allocator) => Check([allocator]);
}
