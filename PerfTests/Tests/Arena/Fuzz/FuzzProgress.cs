namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Counts of a child in shared memory, where they can be read after the child has exited.</summary>
internal struct FuzzProgress
{
    internal const int ByteCount = 64;

    /// <summary>Number of the current case.</summary>
    internal long Case;

    /// <summary>Number of cases in which attaching succeeded in spite of the damage.</summary>
    internal long AttachedCount;

    /// <summary>Number of cases in which attaching was refused.</summary>
    internal long NotAttachedCount;

    /// <summary>Number of operations that succeeded.</summary>
    internal long WorkedCount;

    /// <summary>Number of operations that threw.</summary>
    internal long RefusedCount;

    /// <summary>Maximum memory that a case took in the file system, in bytes.</summary>
    internal long MaxGrownBytes;

    /// <summary>Maximum processor time of a case, in milliseconds.</summary>
    internal long MaxMilliseconds;
}
