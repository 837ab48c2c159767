namespace Shm.Arena;

/// <summary>
/// Names a process that is attached to an arena. The receiver of a block sends its <see cref="ShmArena.Member"/> to the giver,
/// and the giver passes it to <see cref="ShmArena.HandOver"/>. No two attachments to an arena ever have the same member.
/// </summary>
/// <param name="Token">Number that may be sent to other processes of the same arena.</param>
public readonly record struct ArenaMember(uint Token);
