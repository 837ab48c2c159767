namespace PerfTests.Running;

/// <summary>A run was asked for wrongly, so nothing is measured.</summary>
internal sealed class RunRefusedException(string message) : Exception(message);
