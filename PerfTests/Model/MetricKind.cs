namespace PerfTests.Model;

/// <summary>What a metric's time is made of, which decides how noisy it is and so how it can be judged.</summary>
public enum MetricKind
{
    /// <summary>Instructions and cached loads.</summary>
    Computing,

    /// <summary>Memory traffic; the layout of the buffers matters more than that of the code.</summary>
    Copying,

    /// <summary>The kernel's work; it drifts by factors with what the neighbour core does.</summary>
    SystemCall,

    /// <summary>The work of two threads or processes at once; where no second core is free, it drops by factors.</summary>
    Concurrent,
}

/// <summary>What a kind means for judging.</summary>
public static class MetricKinds
{
    /// <summary>True if a figure that was stored says anything of one measured later: what drifts by factors without any change does not.</summary>
    public static bool CanBeStored(this MetricKind kind) => kind is MetricKind.Computing or MetricKind.Copying;
}
