using System.Globalization;
using System.Runtime.Intrinsics.X86;

namespace Shm.Core.Native;

/// <summary>Properties of the processor on which the speed of copies depends.</summary>
/// <param name="IsIntel">True if Intel made the processor.</param>
/// <param name="HasFastShortRepMov">
/// True if the processor reports fast short <c>rep movsb</c> (FSRM). The C library then copies by this instruction from about 2 KiB on.
/// </param>
/// <param name="FirstLevelByteCount">Size of the first-level data cache in bytes; 0 if unknown.</param>
/// <param name="LastLevelByteCount">Size of the last-level cache in bytes; 0 if unknown.</param>
internal readonly record struct ProcessorFeatures(
    bool IsIntel, bool HasFastShortRepMov, long FirstLevelByteCount, long LastLevelByteCount)
{
    private const int FeatureLeaf = 7, IntelCacheLeaf = 4;
    private const int AmdLastLeaf = unchecked((int)0x80000000), AmdFeatureLeaf = AmdLastLeaf + 1, AmdCacheLeaf = AmdLastLeaf + 0x1D;
    private const int FastShortRepMovBit = 4, AmdCacheTopologyBit = 22;

    /// <summary>"Genu", the first four letters of "GenuineIntel".</summary>
    private const int IntelLetters = 0x756E6547;

    /// <summary>Number of caches that are read at most.</summary>
    private const int MaxCaches = 8;

    /// <summary>Reads the properties of the processor on which the calling thread runs.</summary>
    internal static ProcessorFeatures Read()
    {
        if (!X86Base.IsSupported)
        {
            return WithCaches(default, CachesIn("/sys/devices/system/cpu/cpu0/cache"));
        }

        (var lastLeaf, var letters, _, _) = X86Base.CpuId(0, 0);
        var features = new ProcessorFeatures { IsIntel = letters == IntelLetters };
        if (lastLeaf >= FeatureLeaf)
        {
            features = features with { HasFastShortRepMov = IsSet(X86Base.CpuId(FeatureLeaf, 0).Edx, FastShortRepMovBit) };
        }

        // The numbers of these leaves are negative, and a processor without them reports a smaller or a positive number.
        var hasAmdLeaf = X86Base.CpuId(AmdLastLeaf, 0).Eax is < 0 and >= AmdCacheLeaf
            && IsSet(X86Base.CpuId(AmdFeatureLeaf, 0).Ecx, AmdCacheTopologyBit);
        return hasAmdLeaf && !features.IsIntel ? WithCaches(features, CachesOf(AmdCacheLeaf))
            : lastLeaf >= IntelCacheLeaf ? WithCaches(features, CachesOf(IntelCacheLeaf))
            : features;
    }

    /// <summary>Reads the level and the size in bytes of each data or unified cache from a folder of the kernel.</summary>
    internal static IEnumerable<(int Level, long ByteCount)> CachesIn(string folder)
    {
        for (var index = 0; index < MaxCaches && Directory.Exists($"{folder}/index{index}"); index++)
        {
            var cache = $"{folder}/index{index}";
            if (Text(cache, "type") != "Instruction"
                && int.TryParse(Text(cache, "level"), CultureInfo.InvariantCulture, out var level)
                && long.TryParse(Text(cache, "size").TrimEnd('K'), CultureInfo.InvariantCulture, out var kibibytes))
            {
                yield return (level, kibibytes << 10);
            }
        }
    }

    private static string Text(string cache, string file)
    {
        try
        {
            return File.ReadAllText($"{cache}/{file}").Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A default size serves where the system hides its caches.
            return string.Empty;
        }
    }

    private static ProcessorFeatures WithCaches(ProcessorFeatures features, IEnumerable<(int Level, long ByteCount)> caches)
    {
        var lastLevel = 0;
        foreach ((var level, var byteCount) in caches)
        {
            features = level == 1 ? features with { FirstLevelByteCount = byteCount } : features;
            if (level >= lastLevel)
            {
                (lastLevel, features) = (level, features with { LastLevelByteCount = byteCount });
            }
        }

        return features;
    }

    /// <summary>Returns level and size of each data or unified cache. Both cache leaves have the same format.</summary>
    private static IEnumerable<(int Level, long ByteCount)> CachesOf(int leaf)
    {
        for (var index = 0; index < MaxCaches; index++)
        {
            (var kind, var geometry, var sets, _) = X86Base.CpuId(leaf, index);
            const int None = 0, Instructions = 2;
            if ((kind & 0x1F) == None)
            {
                yield break;
            }

            if ((kind & 0x1F) != Instructions)
            {
                var lineByteCount = (geometry & 0xFFF) + 1L;
                var partitions = ((geometry >> 12) & 0x3FF) + 1L;
                var ways = ((geometry >> 22) & 0x3FF) + 1L;
                yield return ((kind >> 5) & 7, lineByteCount * partitions * ways * ((uint)sets + 1L));
            }
        }
    }

    private static bool IsSet(int bits, int bit) => (bits >> bit & 1) != 0;
}
