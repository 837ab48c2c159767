namespace PerfTests.Metrics;

/// <summary>What a metric's time is made of, which decides how noisy it is and so how it can be judged.</summary>
public enum MetricKind
{
    /// <summary>Instructions and cached loads.</summary>
    Computing,

    /// <summary>Memory traffic; the layout of the buffers matters more than that of the code.</summary>
    Copying,

    /// <summary>The kernel's work; it drifts by factors with what the neighbour core does.</summary>
    SystemCall,
}
