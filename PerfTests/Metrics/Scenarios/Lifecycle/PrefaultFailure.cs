using PerfTests.Machine;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Finds out whether the machine or the libraries are at fault if pages could not be mapped.</summary>
internal static class PrefaultFailure
{
    /// <summary>Returns the exception to throw.</summary>
    /// <param name="cause">Exception of the libraries, or null.</param>
    /// <returns>
    /// <see cref="CannotMeasureHereException"/> if the kernel cannot map pages on request, or if too little of a resource is free while the
    /// segment exists; otherwise an exception that fails the row.
    /// </returns>
    public static Exception Explain(Exception? cause = null) =>
        Explain(ParallelMapping.WhyNotMappable() ?? Shortage.Describe(RowNeeds.None, MachineResources.Read()), cause);

    /// <param name="lack">Text that names the resource that the machine lacks, or null.</param>
    /// <param name="cause">Exception of the libraries, or null.</param>
    internal static Exception Explain(string? lack, Exception? cause) => lack is not null
        ? new CannotMeasureHereException(lack)
        : new InvalidOperationException(
            "The libraries could not map the pages of a segment, although the kernel can map pages and memory is free."
            + (cause is null ? "" : $" {cause.Message}"),
            cause);
}
