using System.Runtime.CompilerServices;
using Shm.Core.Native;

namespace Shm.Core;

/// <content>How a segment comes about: created, or opened where another process created it.</content>
public sealed unsafe partial class ShmSegment
{
    private static ShmSegmentOpenOptions ForWriting { get; } = new();

    private static ShmSegmentOpenOptions ForReading { get; } = new() { ReadOnly = true };

    /// <summary>Creates an object with a new name of this process; its bytes are zero.</summary>
    /// <param name="byteCount">Length in bytes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">The system refused.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    [SkipLocalsInit]
    public static ShmSegment CreateExclusive(long byteCount)
    {
        Platform.Require();
        Span<byte> path = stackalloc byte[SegmentName.BufferByteCount];
        while (true)
        {
            uint number = SegmentName.NextNumber();
            SegmentName.Write(number, path);
            // Somebody else's object of that name is not ours to take: try another name.
            if (SegmentCreation.Create(path, byteCount, retryIfExists: true, null, number) is { } segment)
            {
                return segment;
            }
        }
    }

    /// <summary>Creates an object with a given name; its bytes are zero.</summary>
    /// <inheritdoc cref="CreateExclusive(long)"/>
    public static ShmSegment CreateExclusive(string name, long byteCount)
    {
        Platform.Require();
        SegmentName.Validate(name);
        Span<byte> path = stackalloc byte[SegmentName.BufferByteCount];
        SegmentName.Write(name, path);
        return SegmentCreation.Create(path, byteCount, retryIfExists: false, name, 0)!;
    }

    /// <summary>Creates an object as the options say; its bytes are zero. If anything fails nothing stays behind.</summary>
    /// <param name="name">The object's name, without slash; null for a new name of this process.</param>
    /// <param name="byteCount">Length in bytes, at least 1.</param>
    /// <param name="options">Where it lies and how it is backed.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">The name or the directory can't be one, or the system refused.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static ShmSegment CreateExclusive(string? name, long byteCount, ShmSegmentOptions options)
    {
        Platform.Require();
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(byteCount);
        if (name is not null)
        {
            SegmentName.Validate(name);
        }

        string? directory = SegmentPath.Normalize(options.Directory);
        while (true)
        {
            string chosen = name ?? SegmentName.Generate();
            if (SegmentCreation.Create(directory, chosen, byteCount, retryIfExists: name is null, options) is { } segment)
            {
                return segment;
            }
        }
    }

    /// <summary>Opens what another process created; nothing is ever created.</summary>
    /// <param name="name">The object's name, without slash.</param>
    /// <param name="minimumByteCount">What the owner announced: a shorter object is refused. At least 1.</param>
    /// <param name="readOnly">Writing to the mapping is then a fault.</param>
    /// <exception cref="ShmException">
    /// It does not exist, is not a regular file of this user, is too short, or the system refused.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static ShmSegment Open(string name, long minimumByteCount, bool readOnly = false) =>
        Open(name, minimumByteCount, readOnly ? ForReading : ForWriting);

    /// <summary>Opens what another process created, as the options say; nothing is ever created.</summary>
    /// <param name="name">The object's name, without slash.</param>
    /// <param name="minimumByteCount">What the owner announced: a shorter object is refused. At least 1.</param>
    /// <param name="options">Where it lies and how it is mapped.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumByteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">
    /// It does not exist, is not a regular file of this user, is too short, or the system refused.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static ShmSegment Open(string name, long minimumByteCount, ShmSegmentOpenOptions options)
    {
        Platform.Require();
        ArgumentNullException.ThrowIfNull(options);
        SegmentName.Validate(name);
        return SegmentOpening.Open(SegmentPath.Normalize(options.Directory), name, minimumByteCount, options);
    }
}
