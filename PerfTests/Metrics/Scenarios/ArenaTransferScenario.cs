using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Copying into a block of an arena.</summary>
public class ArenaTransferScenario : TransferScenario
{
    /// <summary>The arena's capacity, in bytes: all of it is claimed.</summary>
    public const long CapacityBytes = 2 * BlockSize.OneMebibyte;

    /// <inheritdoc/>
    protected override IShmAllocator CreateAllocator() => ShmArena.Create(CapacityBytes);
}
