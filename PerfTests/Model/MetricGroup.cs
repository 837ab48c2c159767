namespace PerfTests.Model;

/// <summary>Section of the reports that lists a metric.</summary>
public enum MetricGroup
{
    /// <summary>Allocating and freeing memory.</summary>
    Allocation,

    /// <summary>Finding the local address that corresponds to a remote address.</summary>
    AddressTranslation,

    /// <summary>Copying into shared memory.</summary>
    Transfer,

    /// <summary>Replaying a trace of requests.</summary>
    TraceReplay,

    /// <summary>Creating, attaching, recovering and disposing heaps, arenas and segments.</summary>
    Lifecycle,
}
