namespace PerfTests.Running;

/// <summary>Rows that were expected did not run; the run is not as good as it looks.</summary>
public sealed class RowsMissingException(string message) : Exception(message);
