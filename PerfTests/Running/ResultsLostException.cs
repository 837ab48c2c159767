namespace PerfTests.Running;

/// <summary>Measured values could not be written to the results file.</summary>
public sealed class ResultsLostException(string message) : Exception(message);
