namespace PerfTests.Machine;

/// <summary>Resources that measuring a row needs, in addition to those that every process of the suite needs.</summary>
public sealed record RowNeeds
{
    /// <summary>Gets the needs of a row that can be measured wherever the suite runs.</summary>
    public static RowNeeds None { get; } = new();

    /// <summary>Maximum number of bytes in <c>/dev/shm</c> that are backed by memory at one time.</summary>
    public long SharedMemoryBytes { get; init; }

    /// <summary>Maximum number of files that are open at one time.</summary>
    public long OpenFiles { get; init; }

    /// <summary>Maximum number of mappings (<c>mmap</c>) that exist at one time.</summary>
    public long Mappings { get; init; }

    /// <summary>Number of processors that the row keeps busy at the same time.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Bytes of memory outside <c>/dev/shm</c>, including the kernel's memory for segments and mappings.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Returns the needs if several layout copies are loaded in one process.</summary>
    /// <param name="copies">Number of layout copies.</param>
    public RowNeeds Times(int copies) => this with
    {
        SharedMemoryBytes = copies * SharedMemoryBytes,
        OpenFiles = copies * OpenFiles,
        Mappings = copies * Mappings,
        MemoryBytes = copies * MemoryBytes,
    };

    /// <summary>
    /// Returns the sum of the needs of two tasks in one process. Processors are not added, because one task runs after the other.
    /// </summary>
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

    /// <summary>Returns, for each resource, the larger of the two needs.</summary>
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
