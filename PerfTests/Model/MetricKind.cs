namespace PerfTests.Model;

/// <summary>Kind of work that a metric times. The kind decides how noisy the values are, and so how they are judged.</summary>
public enum MetricKind
{
    /// <summary>Instructions and cached loads.</summary>
    Computing,

    /// <summary>Memory traffic; the layout of the buffers matters more than the layout of the code.</summary>
    Copying,

    /// <summary>Work of the kernel; its time changes several-fold with the load of the neighbouring core.</summary>
    SystemCall,

    /// <summary>Work of two threads or processes at once; without a second free core it becomes several times slower.</summary>
    Concurrent,
}

/// <summary>Properties of metric kinds.</summary>
public static class MetricKinds
{
    /// <summary>
    /// Tells whether a stored value can judge values of this kind. A stored value cannot judge kinds whose times change
    /// several-fold while the code stays the same.
    /// </summary>
    public static bool CanBeStored(this MetricKind kind) => kind is MetricKind.Computing or MetricKind.Copying;
}
