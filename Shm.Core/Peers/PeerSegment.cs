namespace Shm.Core;

/// <summary>One announced segment of a peer process. The lock of <see cref="PeerSegments"/> guards it.</summary>
internal sealed class PeerSegment(SegmentDescriptor descriptor)
{
    internal SegmentDescriptor Descriptor => descriptor;

    /// <summary>The mapped segment, or null until the first address in it is resolved.</summary>
    internal ShmSegment? Segment { get; private set; }

    internal uint Slot { get; private set; }

    internal uint Generation { get; private set; }

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
    internal void Map(ShmSegmentOpenOptions options, SegmentRegistry mapped)
    {
        var segment = ShmSegment.Open(descriptor.Name, descriptor.ByteCount, options);
        try
        {
            (Slot, Generation) = mapped.Add(descriptor.Address, descriptor.ByteCount, segment);
        }
        catch
        {
            segment.Dispose();
            throw;
        }

        Segment = segment;
    }
}
