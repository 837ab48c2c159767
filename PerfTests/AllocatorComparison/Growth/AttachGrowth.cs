using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.AllocatorComparison.Growth;

/// <summary>Attaches to an arena with a number of live blocks.</summary>
public class AttachGrowth : GrowthScenario
{
    private const int AttachmentsPerInvoke = 16;

    private readonly ShmArena?[] _attachments = new ShmArena?[AttachmentsPerInvoke];

    /// <summary>Recovers from the departures of the sample before. Otherwise the first attachment would do that.</summary>
    [IterationSetup]
    public void Before() => Arena.Recover();

    [Benchmark(OperationsPerInvoke = AttachmentsPerInvoke)]
    public long Attach()
    {
        for (var i = 0; i < _attachments.Length; i++)
        {
            _attachments[i] = ShmArena.Attach(Arena.Name);
        }

        return _attachments.Length;
    }

    /// <summary>Detaches outside the measured time.</summary>
    [IterationCleanup]
    public void After()
    {
        foreach (var attachment in _attachments)
        {
            attachment?.Dispose();
        }
    }
}
