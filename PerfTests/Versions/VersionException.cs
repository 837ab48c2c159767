namespace PerfTests.Versions;

/// <summary>A version of the libraries cannot be found or built.</summary>
public sealed class VersionException(string message) : Exception(message);
