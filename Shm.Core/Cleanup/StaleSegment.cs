namespace Shm.Core;

/// <summary>Segment that no process uses, and whose name its owner did not remove: the owner was killed.</summary>
/// <param name="Name">Name of the segment.</param>
/// <param name="Owner">Process that created the segment; null if the segment was created under a given name.</param>
/// <param name="ByteCount">Length of the segment in bytes.</param>
/// <param name="ClaimedByteCount">Memory that the segment occupies, in bytes. A sparse segment occupies less than its length.</param>
/// <param name="Modified">Time of the last modification.</param>
/// <param name="Age">Time since the last modification.</param>
public sealed record StaleSegment(
    string Name, SegmentOwner? Owner, long ByteCount, long ClaimedByteCount, DateTimeOffset Modified, TimeSpan Age)
{
    /// <summary>Gets the id of the process that created the segment; null if the segment was created under a given name.</summary>
    public int? OwnerProcessId => Owner?.ProcessId;
}
