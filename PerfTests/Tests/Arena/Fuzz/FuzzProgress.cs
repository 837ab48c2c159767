namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>What a child says in shared memory, where it can be read when the child is dead.</summary>
internal struct FuzzProgress
{
    internal const int ByteCount = 64;

    /// <summary>The case that it is at.</summary>
    internal long Case;

    /// <summary>Arenas that could be attached in spite of the damage.</summary>
    internal long AttachedCount;

    /// <summary>Arenas that were refused.</summary>
    internal long NotAttachedCount;

    /// <summary>Operations that worked.</summary>
    internal long WorkedCount;

    /// <summary>Operations that were refused.</summary>
    internal long RefusedCount;
}
