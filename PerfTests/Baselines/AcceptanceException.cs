namespace PerfTests.Baselines;

/// <summary>A run cannot become the baseline.</summary>
public sealed class AcceptanceException(string message) : Exception(message);
