namespace PerfTests.Tests.Arena.Kill;

/// <summary>The arena broke a promise.</summary>
internal sealed class KillTestException(string message) : Exception(message);
