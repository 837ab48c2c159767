namespace Shm.Arena;

/// <summary>
/// A process that is attached to an arena, as other processes name it: the receiver sends its <see cref="ShmArena.Member"/>,
/// and the giver calls <see cref="ShmArena.HandOver"/> with it. No two attachments to an arena ever have the same.
/// </summary>
/// <param name="Token">Number that may be sent to other processes of the same arena.</param>
public readonly record struct ArenaMember(uint Token);
