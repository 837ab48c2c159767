using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shm.Core;

/// <summary>
/// Names of shared-memory objects. Ours are <c>mooncake_&lt;pid&gt;_&lt;start&gt;_&lt;namespace&gt;_&lt;8 hex digits&gt;</c>: the
/// owner can be told from the name alone, also after it died and its process id was given to another.
/// </summary>
public static class SegmentName
{
    /// <summary>What every generated name starts with.</summary>
    public const string Prefix = "mooncake_";

    /// <summary>The longest name in bytes of UTF-8, without the leading slash that the system adds.</summary>
    public const int MaxByteCount = 254;

    /// <summary>Room for a slash, the longest name and the final NUL.</summary>
    internal const int BufferByteCount = MaxByteCount + 2;

    /// <summary>Half of a surrogate pair would silently become another character, and so another object's name.</summary>
    internal static Encoding StrictUtf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly byte[] s_start = Encoding.UTF8.GetBytes($"/{Prefix}{SegmentOwner.CurrentText}");

    // Where the sequence begins can't be foreseen, so nobody can take the names before us.
    private static uint s_last = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));

    /// <summary>A new name of this process.</summary>
    public static string Generate() => ToText(NextNumber());

    /// <summary>Reads the owner from a generated name.</summary>
    /// <returns>False if the name is not one of ours.</returns>
    public static bool TryParseOwner(string name, out SegmentOwner owner)
    {
        ArgumentNullException.ThrowIfNull(name);
        owner = default;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)
            || name[Prefix.Length..].Split('_') is not [var pid, { Length: > 0 } start, { Length: 5 } space, { Length: 8 } number]
            || !int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out int processId) || processId <= 0
            || !ulong.TryParse(start, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong ticks)
            || !uint.TryParse(space, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint tag)
            || !uint.TryParse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
        {
            return false;
        }

        owner = new SegmentOwner(processId, ticks, tag);
        return true;
    }

    /// <summary>Checks that a name can be an object's name on every Linux system.</summary>
    /// <exception cref="ShmException">It is empty, too long, a dot name, no valid Unicode, or holds a slash or a NUL.</exception>
    public static void Validate(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string? reason = name.Length == 0 ? "the name is empty"
            : name is "." or ".." ? "the name is a directory's"
            : name.Contains('/', StringComparison.Ordinal) ? "the name holds a slash"
            : name.Contains('\0', StringComparison.Ordinal) ? "the name holds a NUL"
            : !IsUnicode(name) ? "the name is no valid Unicode"
            : Encoding.UTF8.GetByteCount(name) > MaxByteCount ? $"the name is longer than {MaxByteCount} bytes"
            : null;
        if (reason is not null)
        {
            ShmException.Throw("name", name.Replace("\0", "\\0", StringComparison.Ordinal), reason,
                $"Use 1 to {MaxByteCount} bytes of UTF-8 without slash and NUL.");
        }
    }

    private static bool IsUnicode(string name)
    {
        try
        {
            StrictUtf8.GetByteCount(name);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>
    /// Each number once in four billion: names of one process differ without asking the system. They are short on
    /// purpose: the kernel keeps a name of up to 39 bytes within the directory entry and allocates for a longer one.
    /// </summary>
    internal static uint NextNumber() => Interlocked.Increment(ref s_last);

    internal static string ToText(uint number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{SegmentOwner.CurrentText}{number:x8}");

    /// <summary>Writes "/name\0" of a generated name.</summary>
    internal static void Write(uint number, Span<byte> destination)
    {
        s_start.CopyTo(destination);
        Span<byte> digits = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(digits, number);
        Convert.TryToHexStringLower(digits, destination[s_start.Length..], out int written);
        destination[s_start.Length + written] = 0;
    }

    /// <summary>Writes "/name\0" of a valid given name.</summary>
    internal static void Write(string name, Span<byte> destination)
    {
        destination[0] = (byte)'/';
        int written = Encoding.UTF8.GetBytes(name, destination[1..]);
        destination[written + 1] = 0;
    }
}
