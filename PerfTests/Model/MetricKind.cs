namespace PerfTests.Model;

/// <summary>Kind of work that a metric times. The kind decides how noisy the values are, and so how they are judged.</summary>
public enum MetricKind
{
    /// <summary>Instructions and cached loads.</summary>
    Computing,

    /// <summary>Memory traffic; the layout of the buffers matters more than that of the code.</summary>
    Copying,

    /// <summary>Work of the kernel; its time drifts by factors with the load of the neighbour core.</summary>
    SystemCall,

    /// <summary>Work of two threads or processes at once; without a second free core it slows down by factors.</summary>
    Concurrent,
}

/// <summary>Properties of metric kinds.</summary>
public static class MetricKinds
{
    /// <summary>Tells whether a stored value can judge a later one; kinds that drift by factors cannot.</summary>
    public static bool CanBeStored(this MetricKind kind) => kind is MetricKind.Computing or MetricKind.Copying;
}
