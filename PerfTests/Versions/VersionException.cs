namespace PerfTests.Versions;

/// <summary>A version of the libraries cannot be had.</summary>
public sealed class VersionException(string message) : Exception(message);
