using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// Generates, validates and parses names of segments. A generated name is
/// <c>mooncake_&lt;pid&gt;_&lt;start&gt;_&lt;namespace&gt;_&lt;8 hex digits&gt;</c>. The name identifies the owner even after
/// the owner has exited and another process has got the owner's id.
/// </summary>
public static class SegmentName
{
    /// <summary>Prefix of every generated name.</summary>
    public const string Prefix = "mooncake_";

    /// <summary>Maximum length of a name in bytes of UTF-8.</summary>
    public const int MaxByteCount = Platform.MaxNameByteCount;

    /// <summary>Size in bytes of a buffer for a slash, the longest name and the final NUL.</summary>
    internal const int BufferByteCount = MaxByteCount + 2;

    /// <summary>
    /// UTF-8 encoding that throws on invalid Unicode. An encoding that replaces invalid characters would silently turn an
    /// invalid name into the name of another segment.
    /// </summary>
    internal static Encoding StrictUtf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly byte[] s_start = Encoding.UTF8.GetBytes($"/{Prefix}{SegmentOwner.CurrentText}");

    // The sequence starts at a random number, so that no other process can predict the names and create them in advance.
    private static uint s_last = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));

    /// <summary>Generates a name that this process has not used before.</summary>
    public static string Generate() => ToText(NextNumber());

    /// <summary>Parses the owner from a generated name.</summary>
    /// <param name="name">Name of a segment.</param>
    /// <param name="owner">The owner, or the default value if the method returns false.</param>
    /// <returns>False if the name is not a generated name.</returns>
    public static bool TryParseOwner(string name, out SegmentOwner owner)
    {
        ArgumentNullException.ThrowIfNull(name);
        owner = default;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)
            || name[Prefix.Length..].Split('_') is not [var pid, { Length: > 0 } start, { Length: 5 } space, { Length: 8 } number]
            || !int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var processId) || processId <= 0
            || !ulong.TryParse(start, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
            || !uint.TryParse(space, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var tag)
            || !uint.TryParse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
        {
            return false;
        }

        owner = new SegmentOwner(processId, ticks, tag);
        return true;
    }

    /// <summary>Throws unless the name is valid for a segment on every Linux system.</summary>
    /// <param name="name">Name to validate.</param>
    /// <exception cref="ShmException">
    /// <paramref name="name"/> is empty, longer than <see cref="MaxByteCount"/>, <c>.</c> or <c>..</c>, not valid Unicode, or contains a
    /// slash or a NUL.
    /// </exception>
    public static void Validate(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var reason = name.Length == 0 ? "the name is empty"
            : name is "." or ".." ? "the name denotes a directory"
            : name.Contains('/', StringComparison.Ordinal) ? "the name contains a slash"
            : name.Contains('\0', StringComparison.Ordinal) ? "the name contains a NUL"
            : !IsUnicode(name) ? "the name is not valid Unicode"
            : Encoding.UTF8.GetByteCount(name) > MaxByteCount ? $"the name is longer than {MaxByteCount} bytes"
            : null;
        if (reason is not null)
        {
            ShmException.Throw("validate name", name.Replace("\0", "\\0", StringComparison.Ordinal), reason,
                $"Use 1 to {MaxByteCount} bytes of UTF-8 without slashes and NULs.");
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

    /// <summary>Returns the next number of the sequence, which repeats after 2^32 numbers.</summary>
    // A name with 8 digits stays short: the kernel stores up to 39 bytes in the directory entry and allocates memory for longer names.
    internal static uint NextNumber() => Interlocked.Increment(ref s_last);

    /// <summary>Returns the generated name that ends with the given number.</summary>
    internal static string ToText(uint number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{SegmentOwner.CurrentText}{number:x8}");

    /// <summary>Writes "/name\0" for the generated name that ends with the given number.</summary>
    internal static void Write(uint number, Span<byte> destination)
    {
        s_start.CopyTo(destination);
        Span<byte> digits = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(digits, number);
        Convert.TryToHexStringLower(digits, destination[s_start.Length..], out var written);
        destination[s_start.Length + written] = 0;
    }

    /// <summary>Writes "/name\0" for a valid name.</summary>
    internal static void Write(string name, Span<byte> destination)
    {
        destination[0] = (byte)'/';
        var written = Encoding.UTF8.GetBytes(name, destination[1..]);
        destination[written + 1] = 0;
    }
}
