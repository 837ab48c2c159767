using Shm.Arena;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Damages an arena's metadata: changes bits, bytes and words to random and to extreme values.</summary>
internal static unsafe class Corruption
{
    private static readonly ulong[] s_extreme =
    [
        0, 1, 2, 63, 64, 255, 256, ushort.MaxValue, int.MaxValue, 1UL << 31, uint.MaxValue, long.MaxValue, 1UL << 63, ulong.MaxValue,
        1UL << 40, 4096,
    ];

    /// <summary>Size in bytes of the part of each map and bitmap that the cases use most.</summary>
    private const long UsedBytesOfMaps = 512;

    internal static void Damage(ArenaImage image, ref FuzzRandom random)
    {
        for (var count = 1 + random.Next(8); count > 0; count--)
        {
            (var start, var byteCount) = Region(image.Layout, ref random);
            if (image.Place == FuzzPlace.Sparse && random.Next(4) != 0)
            {
                // Most entries of the maps of an arena of 1 TiB stand for pages that no case uses.
                byteCount = Math.Min(byteCount, UsedBytesOfMaps);
            }

            var offset = start + random.Next(byteCount);
            DamageAt(image, offset, start + random.Next(byteCount), ref random);
        }

        if (random.Next(4) == 0)
        {
            // The checksum is made to match, as an attacker would do.
            var header = (ArenaHeader*)image.Bytes;
            header->Checksum = ArenaHeader.ComputeChecksum(header);
        }
    }

    private static void DamageAt(ArenaImage image, long offset, long other, ref FuzzRandom random)
    {
        if (!image.Contains(offset) || !image.Contains(other))
        {
            return;
        }

        var word = (ulong*)(image.Bytes + (offset & -8));
        switch (random.Next(7))
        {
            case 0:
                *word ^= 1UL << random.Next(64);
                break;
            case 1:
                image.Bytes[offset] = (byte)random.Next();
                break;
            case 2:
                *(uint*)(image.Bytes + (offset & -4)) = (uint)random.Next();
                break;
            case 3:
                *word = random.Next();
                break;
            case 4:
                *word = s_extreme[random.Next(s_extreme.Length)];
                break;
            case 5:
                *(uint*)(image.Bytes + (offset & -4)) = (uint)s_extreme[random.Next(s_extreme.Length)];
                break;
            default:
                // Copies a value that is valid at another address.
                *word = *(ulong*)(image.Bytes + (other & -8));
                break;
        }
    }

    private static (long Start, long ByteCount) Region(ArenaLayout layout, ref FuzzRandom random)
    {
        // The arena uses its parts in ascending order. This range covers the parts that the image uses and a few more.
        const long partBytes = 64 * SlabPart.ByteCount;
        return random.Next(17) switch
        {
            0 => (0, 64),
            1 or 2 or 3 => (128, 600),
            4 => (layout.Processes, 4 * ProcessSlot.ByteCount),
            5 => (layout.UsedPages, ArenaLayout.WordCount(layout.PageCount) * sizeof(ulong)),
            6 => (layout.UsedParts, ArenaLayout.WordCount(layout.PartCount) * sizeof(ulong)),
            7 => (layout.UnitMap, ((layout.CapacityBytes >> ArenaLayout.UnitShift) + 1) * sizeof(uint)),
            8 => (layout.PageMap, layout.PageCount * sizeof(uint)),
            9 => (layout.Heaps, 4 * HeapSlot.ByteCount),
            10 => (layout.Parts + SlabPart.ByteCount, partBytes),
            11 => (layout.RegionMap, ((layout.CapacityBytes >> ArenaLayout.RegionShift) + 1) * sizeof(uint)),
            12 => (layout.FreeParts, ArenaLayout.WordCount(layout.PartCount) * sizeof(ulong)),
            _ => PartFields(layout, ref random),
        };
    }

    /// <summary>Selects the fields of a part, without the block states.</summary>
    private static (long Start, long ByteCount) PartFields(ArenaLayout layout, ref FuzzRandom random) =>
        (layout.Parts + ((1 + random.Next(64)) * SlabPart.ByteCount), random.Next(4) == 0 ? 192 : 52);
}
