using System.Diagnostics.CodeAnalysis;
using Shm.Core;

namespace Shm.Arena;

/// <summary>Errors of operations whose block is in another state than they need.</summary>
internal static class BlockErrors
{
    /// <summary>Throws because a block is not live, or because it is offered and the operation is not <c>Claim</c>.</summary>
    /// <param name="operation">Name of the failed operation.</param>
    /// <param name="block">Handle that the caller passed.</param>
    /// <param name="state">State of the block that the handle names; the default value if there is none.</param>
    [DoesNotReturn]
    internal static void ThrowNotHeld(string operation, in ShmBlock block, BlockState state)
    {
        if (state.IsOffered && state.Generation == block.Generation)
        {
            ShmException.Throw(operation, ShmException.NameOf(block), "the block is offered, and an offered block can only be claimed",
                "Claim the block first.");
        }

        ShmException.ThrowNotLive(operation, block);
    }

    /// <summary>Throws because a block is not offered.</summary>
    /// <inheritdoc cref="ThrowNotHeld"/>
    [DoesNotReturn]
    internal static void ThrowNotOffered(string operation, in ShmBlock block, BlockState state)
    {
        if (state.IsHeld(block.Generation))
        {
            ShmException.Throw(operation, ShmException.NameOf(block),
                "the block is not offered: it was never offered, or it has been claimed already",
                "Offer the block before it is claimed, and claim it once.");
        }

        ShmException.ThrowNotLive(operation, block);
    }
}
