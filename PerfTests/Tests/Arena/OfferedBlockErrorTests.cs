using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Tests the errors of operations on an offered block, and of <c>Claim</c> on a block that is not offered.</summary>
[Category("Arena")]
public sealed class OfferedBlockErrorTests : IDisposable
{
    private readonly ShmArena _arena = SparseArena.Create(1 << 20);
    private readonly ShmBlock _block;

    public OfferedBlockErrorTests() => _block = _arena.Allocate(64);

    public void Dispose() => _arena.Dispose();

    [Fact]
    public void EachOperation_OfferedBlock_SaysThatTheBlockMustBeClaimed()
    {
        _arena.Offer(_block);
        Action[] operations =
        [
            () => _arena.Free(_block), () => _arena.Offer(_block), () => _arena.GetAddress(_block), () => _arena.SizeOf(_block),
            () => _arena.HandOver(_block, _arena.Member),
        ];
        foreach (var operation in operations)
        {
            operation.Should().Throw<ShmException>().WithMessage("*the block is offered*Claim the block first.");
        }

        _arena.Claim(_block);
        _arena.Free(_block);
    }

    [Fact]
    public void Claim_BlockNotOffered_ErrorSaysNotOffered()
    {
        FluentActions.Invoking(() => _arena.Claim(_block)).Should().Throw<ShmException>()
            .WithMessage("*the block is not offered*claim it once.");
        _arena.Offer(_block);
        _arena.Claim(_block);
        FluentActions.Invoking(() => _arena.Claim(_block)).Should().Throw<ShmException>().WithMessage("*it has been claimed already*");
    }

    [Fact]
    public void Claim_FreedBlock_SaysThatItIsNotLive()
    {
        _arena.Offer(_block);
        _arena.Claim(_block);
        _arena.Free(_block);
        FluentActions.Invoking(() => _arena.Claim(_block)).Should().Throw<ShmException>().WithMessage("*not a live block*");
        FluentActions.Invoking(() => _arena.Offer(_block)).Should().Throw<ShmException>().WithMessage("*not a live block*");
    }
}
