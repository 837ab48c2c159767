using System.Globalization;
using Shm.Arena;

namespace PerfTests.ArenaChecks;

/// <summary>
/// Compares everything that the arena derives from block states and slab states with these states. Call the checks while no
/// thread of any process uses the arena, and while no process has exited within an operation without a recovery since.
/// </summary>
internal sealed unsafe class ArenaInvariants(ArenaMemory memory, bool isLockIgnored)
{
    private readonly List<string> _violations = [];
    private readonly HashSet<long> _pages = [];
    private readonly HashSet<long> _parts = [];

    /// <summary>Returns a text for each value that disagrees with the states.</summary>
    /// <param name="memory">Memory of the arena.</param>
    /// <param name="isLockIgnored">
    /// False to leave out the bitmaps and counts of the supply while a process holds the supply lock. If this process has exited, the
    /// next process that takes the lock derives these values again.
    /// </param>
    internal static IReadOnlyList<string> Violations(ArenaMemory memory, bool isLockIgnored = false) =>
        new ArenaInvariants(memory, isLockIgnored).FindAll();

    private List<string> FindAll()
    {
        for (long index = 1; index < memory.PartsEverUsed; index++)
        {
            var slab = memory.Parts + index;
            if (slab->State is SlabState.Slab or SlabState.Large)
            {
                CheckSlab(index, slab);
            }
        }

        if (isLockIgnored || memory.Header->ReadSupplyLockHolder() == 0)
        {
            CheckBitmap("page", memory.UsedPages, memory.Layout.PageCount, _pages);
            CheckBitmap("part", memory.UsedParts, memory.Layout.PartCount, _parts);
            Require(memory.Header->PagesInUse == _pages.Count,
                $"the number of pages in use is {memory.Header->PagesInUse}, but the number of pages of all slabs is {_pages.Count}");
        }

        return _violations;
    }

    private void CheckSlab(long index, SlabPart* slab)
    {
        var firstPage = slab->Start >> ArenaLayout.PageShift;
        for (var page = firstPage; page < firstPage + slab->PageCount; page++)
        {
            Require(_pages.Add(page), $"page {page} belongs to slab {index} and to another slab");
        }

        for (var part = 0; part < slab->PartCount; part++)
        {
            Require(_parts.Add(index + part), $"part {index + part} belongs to slab {index} and to another slab");
            var checkedPart = slab + part;

            // A process may have exited after it marked the owner of some parts for a seizure.
            var owner = checkedPart->Owner | HeapToken.SeizedBit;
            Require((checkedPart->PartIndex, checkedPart->Class, owner) == ((byte)part, slab->Class, slab->Owner | HeapToken.SeizedBit),
                $"part {index + part} disagrees with the first part of its slab");
            CheckLookup(index + part, checkedPart);
            if (slab->State == SlabState.Slab)
            {
                CheckFreeBits(index + part, checkedPart);
            }
        }
    }

    private void CheckLookup(long index, SlabPart* part)
    {
        for (var block = 0; block < SlabPart.MaxBlocks && part->AllBlocks >> block != 0; block++)
        {
            var start = part->Start + (block * part->BlockBytes);
            foreach (var offset in new[] { start, start + part->BlockBytes - 1 })
            {
                var found = memory.Find(offset, out _, out var foundBlock, out _);
                Require(found == part && foundBlock == block, $"offset {offset} does not lead to block {block} of part {index}");
            }
        }
    }

    private void CheckFreeBits(long index, SlabPart* part)
    {
        (var bits, var free) = (part->ReadFreeBits(), part->FreeBlocks());
        Require((bits & ~free) == 0, $"part {index} has free bits {bits:X} of blocks that are live; free are {free:X}");
        if ((free & ~bits) != 0)
        {
            Require(part->HasRemoteFreeFlag, $"part {index} has no remote-free flag, and only the free bits {bits:X} of {free:X}");
        }

        if (free != 0)
        {
            Require(memory.FreeParts.Next(index, index + 1) == index,
                $"part {index} has free blocks, but its bit in the free-part map is 0");
        }

        Require(part->UpdateThreshold == SlabPart.EveryFree || memory.FreeParts.Next(index, index + 1) == index,
            $"the bit of part {index} in the free-part map is 0, and its update threshold is {part->UpdateThreshold:X}");
        if (part->HasRemoteFreeFlag)
        {
            var heap = HeapToken.HeapIndexOf(part->ReadOwner());
            Require((uint)heap < memory.HeapsEverUsed, $"part {index} has no owner that could see the remote-free flag");
        }
    }

    private void CheckBitmap(string what, ulong* words, long count, HashSet<long> used)
    {
        for (long bit = 0; bit < count; bit++)
        {
            var isUsed = (words[bit >> 6] >> (int)(bit & 63) & 1) != 0;
            Require(isUsed == used.Contains(bit),
                $"{what} {bit} is marked as {(isUsed ? "used" : "free")}, but {(isUsed ? "no" : "a")} slab has it");
        }
    }

    private void Require(bool isAsExpected, FormattableString violation)
    {
        if (!isAsExpected)
        {
            _violations.Add(violation.ToString(CultureInfo.InvariantCulture));
        }
    }
}
