namespace PerfTests.Model;

/// <summary>A section of the reports.</summary>
public enum MetricGroup
{
    /// <summary>Getting and giving back memory.</summary>
    Allocation,

    /// <summary>From a remote address to a local one.</summary>
    AddressTranslation,

    /// <summary>Copying into shared memory.</summary>
    Transfer,

    /// <summary>A request trace through the allocators.</summary>
    TraceReplay,
}
