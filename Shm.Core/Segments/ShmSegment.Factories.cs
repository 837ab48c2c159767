using System.Runtime.CompilerServices;
using Shm.Core.Native;

namespace Shm.Core;

/// <content>Creating and opening segments.</content>
public sealed unsafe partial class ShmSegment
{
    private static ShmSegmentOptions Plain { get; } = new();

    private static ShmSegmentOpenOptions ForWriting { get; } = new();

    private static ShmSegmentOpenOptions ForReading { get; } = new() { ReadOnly = true };

    /// <summary>Creates a segment in /dev/shm under a generated name. Its bytes are zero.</summary>
    /// <param name="byteCount">Length in bytes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">A system call failed.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    [SkipLocalsInit]
    public static ShmSegment CreateExclusive(long byteCount)
    {
        Platform.Require();
        Span<byte> path = stackalloc byte[SegmentName.BufferByteCount];
        while (true)
        {
            var number = SegmentName.NextNumber();
            SegmentName.Write(number, path);
            // If another process has created a segment of this name, Create returns null, and the loop tries the next name.
            if (SegmentCreation.Create(path, byteCount, number) is { } segment)
            {
                return segment;
            }
        }
    }

    /// <summary>Creates a segment in /dev/shm under a given name. Its bytes are zero.</summary>
    /// <param name="name">Name of the segment, without slashes.</param>
    /// <param name="byteCount">Length in bytes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException"><paramref name="name"/> is not valid or exists, or a system call failed.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static ShmSegment CreateExclusive(string name, long byteCount)
    {
        ArgumentNullException.ThrowIfNull(name);
        return CreateExclusive(name, byteCount, Plain);
    }

    /// <summary>Creates a segment with options. Its bytes are zero. A failure leaves no file, mapping or descriptor behind.</summary>
    /// <param name="name">Name of the segment, without slashes; null generates a name.</param>
    /// <param name="byteCount">Length in bytes, at least 1.</param>
    /// <param name="options">Directory and backing of the segment.</param>
    /// <exception cref="ArgumentException">
    /// <see cref="ShmSegmentOptions.Prefault"/> and <see cref="ShmSegmentOptions.PrefaultInBackground"/> are both true.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="byteCount"/> is zero or negative, or the number of threads or the NUMA node is out of range.
    /// </exception>
    /// <exception cref="ShmException">Name or directory is not valid, the name exists, or a system call failed.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static ShmSegment CreateExclusive(string? name, long byteCount, ShmSegmentOptions options)
    {
        Platform.Require();
        ArgumentNullException.ThrowIfNull(options);
        Prefaulting.Validate(options.Prefault, options.PrefaultInBackground, options.PrefaultThreads, nameof(options));
        NumaBinding.Validate(options.NumaNode, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(byteCount);
        if (name is not null)
        {
            SegmentName.Validate(name);
        }

        var directory = SegmentPath.Normalize(options.Directory);
        while (true)
        {
            var chosen = name ?? SegmentName.Generate();
            if (SegmentCreation.Create(directory, chosen, byteCount, retryIfExists: name is null, options) is { } segment)
            {
                return segment;
            }
        }
    }

    /// <summary>Opens an existing segment in /dev/shm.</summary>
    /// <param name="name">Name of the segment, without slashes.</param>
    /// <param name="minimumByteCount">Length in bytes that the owner announced, at least 1.</param>
    /// <param name="readOnly">True maps the segment read-only: writing to it raises SIGSEGV.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumByteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">
    /// The segment does not exist, is not a regular file of this user, or is shorter than <paramref name="minimumByteCount"/>, or a
    /// system call failed.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static ShmSegment Open(string name, long minimumByteCount, bool readOnly = false) =>
        Open(name, minimumByteCount, readOnly ? ForReading : ForWriting);

    /// <summary>Opens an existing segment with options.</summary>
    /// <param name="name">Name of the segment, without slashes.</param>
    /// <param name="minimumByteCount">Length in bytes that the owner announced, at least 1.</param>
    /// <param name="options">Directory, access and backing of the mapping.</param>
    /// <exception cref="ArgumentException">
    /// <see cref="ShmSegmentOpenOptions.Prefault"/> and <see cref="ShmSegmentOpenOptions.PrefaultInBackground"/> are both true.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="minimumByteCount"/> is zero or negative, or the number of threads is out of range.
    /// </exception>
    /// <exception cref="ShmException">
    /// The segment does not exist, is not a regular file of an accepted user, or is shorter than
    /// <paramref name="minimumByteCount"/>, or a system call failed.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public static ShmSegment Open(string name, long minimumByteCount, ShmSegmentOpenOptions options)
    {
        Platform.Require();
        ArgumentNullException.ThrowIfNull(options);
        Prefaulting.Validate(options.Prefault, options.PrefaultInBackground, options.PrefaultThreads, nameof(options));
        SegmentName.Validate(name);
        return SegmentOpening.Open(SegmentPath.Normalize(options.Directory), name, minimumByteCount, options);
    }
}
