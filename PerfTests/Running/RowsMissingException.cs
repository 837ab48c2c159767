namespace PerfTests.Running;

/// <summary>Requested rows did not run, so the run is incomplete.</summary>
public sealed class RowsMissingException(string message) : Exception(message);
