using System.Globalization;
using System.Text;

namespace Shm.Core;

/// <summary>
/// Names of shared-memory objects. Ours are <c>mooncake_&lt;pid&gt;_&lt;16 hex digits&gt;</c>: the owner can be told from
/// the name alone, also after it died.
/// </summary>
public static class SegmentName
{
    /// <summary>What every generated name starts with.</summary>
    public const string Prefix = "mooncake_";

    /// <summary>The longest name in bytes of UTF-8, without the leading slash that the system adds.</summary>
    public const int MaxByteCount = 254;

    /// <summary>Room for a slash, the longest name and the final NUL.</summary>
    internal const int BufferByteCount = MaxByteCount + 2;

    /// <summary>A new name of this process.</summary>
    public static string Generate() => ToText(NextRandom());

    /// <summary>Reads the owner's process id from a generated name.</summary>
    /// <returns>False if the name is not one of ours.</returns>
    public static bool TryParseOwner(string name, out int processId)
    {
        ArgumentNullException.ThrowIfNull(name);
        processId = 0;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = name.AsSpan(Prefix.Length);
        int separator = rest.IndexOf('_');
        return separator > 0
            && int.TryParse(rest[..separator], NumberStyles.None, CultureInfo.InvariantCulture, out processId)
            && processId > 0
            && rest.Length - separator - 1 == 16
            && ulong.TryParse(rest[(separator + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
    }

    /// <summary>Checks that a name can be an object's name on every Linux system.</summary>
    /// <exception cref="ShmException">It is empty, too long, a dot name, or holds a slash or a NUL.</exception>
    public static void Validate(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string? reason = name.Length == 0 ? "the name is empty"
            : name is "." or ".." ? "the name is a directory's"
            : name.Contains('/', StringComparison.Ordinal) ? "the name holds a slash"
            : name.Contains('\0', StringComparison.Ordinal) ? "the name holds a NUL"
            : Encoding.UTF8.GetByteCount(name) > MaxByteCount ? $"the name is longer than {MaxByteCount} bytes"
            : null;
        if (reason is not null)
        {
            ShmException.Throw("name", name.Replace("\0", "\\0", StringComparison.Ordinal), reason,
                $"Use 1 to {MaxByteCount} bytes of UTF-8 without slash and NUL.");
        }
    }

    // A managed generator: no system call stands between two segments.
    internal static ulong NextRandom() => (ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue);

    internal static string ToText(ulong random) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}_{random:x16}");

    /// <summary>Writes "/name\0" of a generated name.</summary>
    internal static void Write(ulong random, Span<byte> destination)
    {
        "/mooncake_"u8.CopyTo(destination);
        int length = 10;
        Environment.ProcessId.TryFormat(destination[length..], out int written, default, CultureInfo.InvariantCulture);
        length += written;
        destination[length++] = (byte)'_';
        random.TryFormat(destination[length..], out written, "x16", CultureInfo.InvariantCulture);
        destination[length + written] = 0;
    }

    /// <summary>Writes "/name\0" of a valid given name.</summary>
    internal static void Write(string name, Span<byte> destination)
    {
        destination[0] = (byte)'/';
        int written = Encoding.UTF8.GetBytes(name, destination[1..]);
        destination[written + 1] = 0;
    }
}
