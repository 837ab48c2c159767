using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Runs random operations on a damaged arena. Each operation must succeed or throw a documented exception.</summary>
internal sealed unsafe class FuzzOperations(ShmArena arena, ShmBlock[] handles)
{
    /// <summary>Sizes for which the image has slabs.</summary>
    private static readonly long[] s_usual = [16, 23, 24, 99, 100, 700, 3_000];

    private readonly List<ShmBlock> _blocks = [.. handles];

    /// <summary>Number of operations that succeeded.</summary>
    internal long WorkedCount { get; private set; }

    /// <summary>Number of operations that threw.</summary>
    internal long RefusedCount { get; private set; }

    internal void Run(int count, ref FuzzRandom random)
    {
        for (; count > 0; count--)
        {
            try
            {
                Do(random.Next(19), ref random);
                WorkedCount++;
            }
            catch (Exception refusal) when (refusal is ShmException or ArgumentException)
            {
                RefusedCount++;
            }
        }
    }

    private void Do(int operation, ref FuzzRandom random)
    {
        var block = _blocks[random.Next(_blocks.Count)];
        switch (operation)
        {
            case 0 or 1 or 2:
                Keep(arena.Allocate(s_usual[random.Next(s_usual.Length)]));
                break;
            case 3:
                Keep(arena.Allocate(1 + random.Next(100_000)));
                break;
            case 4:
                Keep(arena.AllocateAligned(1 + random.Next(5_000), 1L << random.Next(17)));
                break;
            case 5:
                Keep(arena.Allocate(random.Next(2) == 0 ? arena.CapacityBytes : arena.CapacityBytes + 1));
                break;
            case 6 or 7 or 8:
                arena.Free(block);
                break;
            case 9:
                Touch(block);
                break;
            case 10:
                FindSome(ref random);
                break;
            case 11:
                _ = arena.GetStatistics();
                break;
            case 12:
                Walk();
                break;
            case 13:
                _ = arena.Recover();
                break;
            case 14:
                arena.HandOver(block, random.Next(2) == 0 ? arena.Member : new ArenaMember((uint)random.Next()));
                break;
            case 15:
                Touch(MadeUp(ref random));
                break;
            case 16:
                arena.Free(MadeUp(ref random));
                break;
            case 17:
                OpenHeaps(1 + random.Next(8));
                break;
            default:
                Offers(block, ref random);
                break;
        }
    }

    private void OpenHeaps(int count)
    {
        using var heap = arena.OpenHeap();
        Keep(heap.Allocate(s_usual[count % s_usual.Length]));
        if (count > 1)
        {
            OpenHeaps(count - 1);
        }
    }

    /// <summary>Returns a handle that no allocation has returned, with the offset or the slot index of any block.</summary>
    private ShmBlock MadeUp(ref FuzzRandom random)
    {
        if (random.Next(2) == 0)
        {
            return new ShmBlock(arena.Id, (uint)random.Next(), random.Next(arena.CapacityBytes / 16) * 16, 1 + random.Next(100));
        }

        var part = random.Next(random.Next(2) == 0 ? 200 : arena.CapacityBytes / 1024);
        ulong[] words = [arena.Id, random.Next(), BlockHandles.Extent(BlockHandles.FirstExtent(part), (nuint)random.Next(64), 16)];
        return MemoryMarshal.Cast<ulong, ShmBlock>(words)[0];
    }

    private void Keep(ShmBlock block)
    {
        _blocks.Add(block);
        Touch(block);
    }

    /// <summary>Reads both ends of a block at the address that the arena returns, as a user would.</summary>
    private void Touch(ShmBlock block)
    {
        var start = (byte*)arena.GetAddress(block);
        Read(start);
        Read(start + block.ByteCount - 1);
        _ = arena.SizeOf(block);
    }

    private void FindSome(ref FuzzRandom random)
    {
        for (var count = 0; count < 20; count++)
        {
            if (arena.TryFindBlock(arena.BaseAddress + (nint)random.Next(arena.CapacityBytes), out var found))
            {
                Touch(found);
            }
        }
    }

    private void Walk()
    {
        foreach (var found in arena.LiveBlocks())
        {
            if (found.IsHolderAlive && !found.IsOffered)
            {
                Touch(found.Block);
            }
        }
    }

    private void Offers(ShmBlock block, ref FuzzRandom random)
    {
        switch (random.Next(3))
        {
            case 0:
                arena.Offer(block);
                break;
            case 1:
                arena.Claim(block);
                break;
            default:
                _ = arena.ReclaimOffered();
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Read(byte* address) => Volatile.Read(ref *address);
}
