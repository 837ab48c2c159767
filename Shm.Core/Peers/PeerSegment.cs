namespace Shm.Core;

/// <summary>One announced segment of a peer. Its owner's lock guards it.</summary>
internal sealed class PeerSegment(SegmentDescriptor descriptor)
{
    internal SegmentDescriptor Descriptor => descriptor;

    /// <summary>Null until an address in it was asked for.</summary>
    internal ShmSegment? Segment { get; private set; }

    internal uint Slot { get; private set; }

    internal uint Generation { get; private set; }

    /// <summary>Zero and negative lengths wrap to a huge number and fail with the overlong ones.</summary>
    internal bool Holds(ulong address, long byteCount)
    {
        ulong offset = address - descriptor.Address;
        return offset < (ulong)descriptor.ByteCount && (ulong)byteCount - 1 < (ulong)descriptor.ByteCount - offset;
    }

    internal bool Conflicts(SegmentDescriptor other) => other.Name == descriptor.Name
        || (other.Address < descriptor.Address + (ulong)descriptor.ByteCount
            && descriptor.Address < other.Address + (ulong)other.ByteCount);

    internal void Map(ShmSegmentOpenOptions options, SegmentRegistry mapped)
    {
        ShmSegment segment = ShmSegment.Open(descriptor.Name, descriptor.ByteCount, options);
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
