namespace PerfTests.Machine;

/// <summary>Resources that measuring takes of a machine, beyond what every process of the suite takes.</summary>
public sealed record RowNeeds
{
    /// <summary>Nothing beyond what every process takes.</summary>
    public static RowNeeds None { get; } = new();

    /// <summary>Bytes of <c>/dev/shm</c> that are backed by memory at the same time.</summary>
    public long SharedMemoryBytes { get; init; }

    /// <summary>Files that are open at the same time.</summary>
    public long OpenFiles { get; init; }

    /// <summary>Mappings (<c>mmap</c>) that exist at the same time.</summary>
    public long Mappings { get; init; }

    /// <summary>Processors that work at the same time.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Bytes of memory outside <c>/dev/shm</c>, the kernel's for segments and mappings included.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Returns what so many copies of the code take in one process.</summary>
    public RowNeeds Times(int copies) => this with
    {
        SharedMemoryBytes = copies * SharedMemoryBytes,
        OpenFiles = copies * OpenFiles,
        Mappings = copies * Mappings,
        MemoryBytes = copies * MemoryBytes,
    };

    /// <summary>Returns what both take together in one process; processors are used in turn.</summary>
    public RowNeeds Plus(RowNeeds other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new RowNeeds
        {
            SharedMemoryBytes = SharedMemoryBytes + other.SharedMemoryBytes,
            OpenFiles = OpenFiles + other.OpenFiles,
            Mappings = Mappings + other.Mappings,
            Cores = Math.Max(Cores, other.Cores),
            MemoryBytes = MemoryBytes + other.MemoryBytes,
        };
    }

    /// <summary>Returns the larger of each resource.</summary>
    public RowNeeds Max(RowNeeds other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new RowNeeds
        {
            SharedMemoryBytes = Math.Max(SharedMemoryBytes, other.SharedMemoryBytes),
            OpenFiles = Math.Max(OpenFiles, other.OpenFiles),
            Mappings = Math.Max(Mappings, other.Mappings),
            Cores = Math.Max(Cores, other.Cores),
            MemoryBytes = Math.Max(MemoryBytes, other.MemoryBytes),
        };
    }
}
