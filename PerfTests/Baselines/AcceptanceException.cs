namespace PerfTests.Baselines;

/// <summary>A run cannot become a baseline.</summary>
public sealed class AcceptanceException(string message) : Exception(message);
