namespace PerfTests.Baselines;

/// <summary>A run cannot be accepted as the baseline.</summary>
public sealed class AcceptanceException(string message) : Exception(message);
