using Shm.Core.Native;

namespace Shm.Core;

/// <summary>One announced segment of a peer process. The lock of <see cref="PeerSegments"/> guards it.</summary>
/// <param name="descriptor">Descriptor from the peer process.</param>
/// <param name="options">Options for opening the segment.</param>
internal sealed class PeerSegment(SegmentDescriptor descriptor, ShmSegmentOpenOptions options)
{
    /// <summary>Identity of the file that had the name when the segment was announced; null if no file had the name.</summary>
    private readonly FileIdentity? _identity = ReadIdentity(descriptor, options);

    internal SegmentDescriptor Descriptor => descriptor;

    /// <summary>The mapped segment, or null until the first address in it is resolved.</summary>
    internal ShmSegment? Segment { get; private set; }

    internal uint Slot { get; private set; }

    internal uint Generation { get; private set; }

    /// <summary>
    /// Returns true if the name no longer refers to the announced file: the owner has freed the segment. Returns false if no file had
    /// the name when the segment was announced.
    /// </summary>
    internal bool IsFreed() => (Segment?.Identity ?? _identity) is { } announced && ReadIdentity(descriptor, options) != announced;

    /// <summary>
    /// Returns true if no file had the name when the segment was announced, and none has it now: the owner freed the segment before its
    /// announcement, or has not created it yet.
    /// </summary>
    internal bool IsMissing() => Segment is null && _identity is null && ReadIdentity(descriptor, options) is null;

    /// <summary>Returns true if the segment contains the whole range.</summary>
    internal bool Contains(ulong address, long byteCount)
    {
        // A length of zero or less wraps to a large number here and fails the comparison too.
        var offset = address - descriptor.Address;
        return offset < (ulong)descriptor.ByteCount && (ulong)byteCount - 1 < (ulong)descriptor.ByteCount - offset;
    }

    /// <summary>Returns true if another descriptor has the same name or an overlapping range.</summary>
    internal bool ConflictsWith(SegmentDescriptor other) => other.Name == descriptor.Name
        || (other.Address < descriptor.Address + (ulong)descriptor.ByteCount
            && descriptor.Address < other.Address + (ulong)other.ByteCount);

    /// <summary>Opens and maps the segment and adds it to the registry.</summary>
    /// <returns>False if the owner has freed the announced segment, even if another segment has got its name.</returns>
    internal bool TryMap(SegmentRegistry mapped)
    {
        if (IsFreed())
        {
            return false;
        }

        ShmSegment segment;
        try
        {
            segment = ShmSegment.Open(descriptor.Name, descriptor.ByteCount, options);
        }
        catch (ShmException) when (IsFreed())
        {
            // The owner has freed the segment since the check above.
            return false;
        }

        try
        {
            if (_identity is not null && segment.Identity != _identity)
            {
                segment.Dispose();
                return false;
            }

            (Slot, Generation) = mapped.Add(descriptor.Address, descriptor.ByteCount, segment);
        }
        catch
        {
            segment.Dispose();
            throw;
        }

        Segment = segment;
        return true;
    }

    private static FileIdentity? ReadIdentity(SegmentDescriptor descriptor, ShmSegmentOpenOptions options)
    {
        var directory = SegmentPath.Normalize(options.Directory);
        return SegmentLink.Read(directory, SegmentPath.Encode(directory, descriptor.Name));
    }
}
