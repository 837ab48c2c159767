namespace Shm.Arena;

/// <summary>Values of <see cref="SlabPart.State"/>.</summary>
internal static class SlabState
{
    /// <summary>Nothing, or a further part of a slab.</summary>
    internal const uint None = 0;

    /// <summary>First part of a slab that a heap owns.</summary>
    internal const uint Slab = 1;

    /// <summary>A large block.</summary>
    internal const uint Large = 2;
}
