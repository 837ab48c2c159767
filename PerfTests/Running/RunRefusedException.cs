namespace PerfTests.Running;

/// <summary>A setting is wrong, so no row is measured.</summary>
internal sealed class RunRefusedException(string message) : Exception(message);
