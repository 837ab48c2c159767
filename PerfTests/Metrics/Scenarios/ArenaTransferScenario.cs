using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Copying into a block of an arena.</summary>
public class ArenaTransferScenario : TransferScenario
{
    /// <inheritdoc/>
    protected override IShmAllocator CreateAllocator() => ShmArena.Create(8 * BlockSize.OneMebibyte);
}
