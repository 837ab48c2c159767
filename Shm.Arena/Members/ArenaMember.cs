namespace Shm.Arena;

/// <summary>
/// One process that is attached to an arena, to name it to others: <see cref="ShmArena.Member"/> on the one side,
/// <see cref="ShmArena.HandOver"/> on the other. No two attachments to an arena ever have the same.
/// </summary>
/// <param name="Token">A number that may be sent to other processes of the same arena.</param>
public readonly record struct ArenaMember(uint Token);
