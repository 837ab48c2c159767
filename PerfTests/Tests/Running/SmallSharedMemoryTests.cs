using FluentAssertions;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Metrics.Counted;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Runs the suite with a <c>/dev/shm</c> that is as small as in a container, or that is unusable.</summary>
[Category("SmallSharedMemory"), Category(Soak.Category)]
public sealed class SmallSharedMemoryTests : IDisposable
{
    private static readonly string[] s_metrics =
        ["first_touch_time", "transfer_bandwidth", "arena_utilisation", "page_faults_per_operation"];
    private static readonly MachineResources s_ample = new(0, 1 << 20, 1 << 20, 64, 1L << 40, null);
    private readonly SuiteCopy _suite = new();

    public void Dispose() => _suite.Dispose();

    /// <summary>Gets the sizes of <c>/dev/shm</c> in MiB.</summary>
    public static TheoryData<int> Sizes => Soak.IsFull ? [64, 16, 1] : [16];

    [Theory, MemberData(nameof(Sizes))]
    public void Run_SmallSharedMemory_MeasuresRowsThatFitAndSkipsOthers(int mebibytes)
    {
        var (exitCode, output) = Run($"mount -t tmpfs -o size={mebibytes}m tmpfs /dev/shm");
        var results = _suite.Results!;

        // This test is about memory. Other tests that run at the same time may make equal versions look different.
        var isSlow = results.Metrics.Values.Any(row => row.Judgement!.Verdict == Verdict.Regressed);
        exitCode.Should().Be(isSlow ? 1 : 0, output);
        results.Metadata.IsInterrupted.Should().BeFalse();
        results.Metrics.Keys.Should().BeEquivalentTo(Rows().Where(row => Fits(row, (long)mebibytes << 20)).Select(row => row.Key));
        (results.NotMeasured ?? new Dictionary<string, NotMeasured>()).Values.Should().OnlyContain(row =>
            row.Outcome == NotMeasuredOutcome.Lacking
            && row.Reason.StartsWith("needs ")
            && row.Reason.EndsWith("free; in Docker: --shm-size=2g"));
    }

    [Fact]
    public void Run_SharedMemoryOf64Mebibytes_UtilisationIsTheSameAsWithMoreMemory()
    {
        _suite.Run(SuiteCopy.RowsOf("arena_utilisation"), mount: "mount -t tmpfs -o size=64m tmpfs /dev/shm").ExitCode.Should().Be(0);
        _suite.Results!.Metrics["arena_utilisation/arena/uniform_sizes"].Value.Should().Be(SizeFilling.WorstUniform().Value);
        _suite.Results!.Metrics["arena_utilisation/arena/mixed_sizes"].Value.Should().Be(SizeFilling.WorstMixed().Value);
    }

    [Theory]
    [InlineData(
        "mount -t tmpfs -o size=64m tmpfs /dev/shm && { head -c 64M /dev/zero >/dev/shm/full 2>&- || true; }",
        "needs * of /dev/shm, 0 KiB free*")]
    [InlineData(
        "mount -t tmpfs -o ro tmpfs /dev/shm",
        "a segment cannot be created in /dev/shm: EROFS, Read-only file system. *mounted writable*")]
    [InlineData("mount --bind \"$(mktemp -d)\" /dev/shm", "/dev/shm is on a file system of type * and not in memory; *mount -t tmpfs*")]
    public void Run_UnusableSharedMemory_SkipsRowsAndNamesTheReason(string mount, string reason)
    {
        var (exitCode, output) = Run(mount);
        exitCode.Should().Be(0, output);
        _suite.Results!.NotMeasured!.Values.Should().NotBeEmpty();
        _suite.Results!.NotMeasured!.Values.Select(row => row.Reason).Should().AllSatisfy(text => text.Should().Match(reason));
    }

    private (int ExitCode, string Output) Run(string mount) =>
        _suite.Run(SuiteCopy.RowsOf(s_metrics), new Dictionary<string, string> { ["PERF_BASE"] = _suite.Binaries }, mount);

    private static IEnumerable<ITheoryRow> Rows() => s_metrics.SelectMany(Catalogue.TheoryRows);

    private static bool Fits(ITheoryRow row, long byteCount)
    {
        var needs = row is MetricRow timed ? timed.PairedNeeds : row.Needs;
        return Shortage.Describe(needs, s_ample with { FreeSharedMemoryBytes = byteCount, Cores = Environment.ProcessorCount }) is null;
    }
}
