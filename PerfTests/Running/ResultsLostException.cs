namespace PerfTests.Running;

/// <summary>A run has values that could not be written.</summary>
public sealed class ResultsLostException(string message) : Exception(message);
