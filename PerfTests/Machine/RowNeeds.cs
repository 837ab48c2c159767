namespace PerfTests.Machine;

/// <summary>Resources that measuring a row needs, beyond those of every process of the suite.</summary>
public sealed record RowNeeds
{
    /// <summary>Gets needs of zero: the row fits wherever the suite runs.</summary>
    public static RowNeeds None { get; } = new();

    /// <summary>Largest number of bytes of <c>/dev/shm</c> that are backed by memory at one time.</summary>
    public long SharedMemoryBytes { get; init; }

    /// <summary>Largest number of files that are open at one time.</summary>
    public long OpenFiles { get; init; }

    /// <summary>Largest number of mappings (<c>mmap</c>) that exist at one time.</summary>
    public long Mappings { get; init; }

    /// <summary>Number of processors that work at the same time.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Bytes of memory outside <c>/dev/shm</c>, including the kernel's memory for segments and mappings.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Returns the needs of several layout copies in one process.</summary>
    /// <param name="copies">Number of layout copies.</param>
    public RowNeeds Times(int copies) => this with
    {
        SharedMemoryBytes = copies * SharedMemoryBytes,
        OpenFiles = copies * OpenFiles,
        Mappings = copies * Mappings,
        MemoryBytes = copies * MemoryBytes,
    };

    /// <summary>Returns the sum of two needs in one process. Processors are not added, because the two run one after the other.</summary>
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

    /// <summary>Returns the larger need of each resource.</summary>
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
