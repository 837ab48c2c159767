using System.Security.Cryptography;

namespace PerfTests.Metrics.Traces;

/// <summary>Identifies traces, so that replays of different traces are never compared.</summary>
internal static class TraceIdentity
{
    private const int HashLength = 8;

    /// <summary>Identity of the trace that ships with the tests.</summary>
    public static string Shipped { get; } = Of(TraceFile.ShippedPath);

    /// <summary>Returns the identity of a trace: the name of its file, and the start of the SHA-256 of its content.</summary>
    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        return $"{Path.GetFileNameWithoutExtension(path)}-{hash[..HashLength]}";
    }
}
