namespace PerfTests.Metrics;

/// <summary>The names of the allocators in metrics, filters and files.</summary>
public static class Allocators
{
    /// <summary>The original: a POSIX shared-memory segment per block.</summary>
    public const string Shm = "shm";

    /// <summary>One segment, mapped once, cut into blocks.</summary>
    public const string Arena = "arena";
}
