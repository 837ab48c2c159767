namespace Shm.Arena;

/// <summary>Values of <see cref="SlabPart.State"/>.</summary>
internal static class SlabState
{
    /// <summary>The part is unused, or is not the first part of its slab.</summary>
    internal const uint None = 0;

    /// <summary>The part is the first part of a slab that a heap owns.</summary>
    internal const uint Slab = 1;

    /// <summary>The part describes a large block.</summary>
    internal const uint Large = 2;
}
