namespace PerfTests.KillTest;

/// <summary>The arena broke a promise; the message says which.</summary>
internal sealed class KillTestException(string message) : Exception(message);
