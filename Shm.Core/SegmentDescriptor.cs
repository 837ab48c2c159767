namespace Shm.Core;

/// <summary>What a process tells its peers about one of its segments.</summary>
/// <param name="Address">The first byte's address in the owner's address space.</param>
/// <param name="ByteCount">Mapped bytes.</param>
/// <param name="Name">The object's name, without slash.</param>
public sealed record SegmentDescriptor(ulong Address, long ByteCount, string Name);
