using FluentAssertions;
using PerfTests.Files;
using Shm.Core;
using Shm.Core.Native;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests the choice of copy methods by the properties of a processor.</summary>
[Category("Core")]
public sealed class CopyMethodsTests
{
    private const long Kibibyte = 1024, Mebibyte = 1024 * Kibibyte;

    [Theory]
    [InlineData(false, true, true, true)]
    [InlineData(false, false, true, true)]
    [InlineData(true, false, true, true)]
    [InlineData(true, true, true, false)]
    [InlineData(false, true, false, false)]
    public void For_VendorAndFeatures_ChoosesVectorsUnlessTheCLibraryIsAsFast(
        bool isIntel, bool hasFastShortRepMov, bool hasVectors, bool copiesByVectors)
    {
        var features = new ProcessorFeatures(isIntel, hasFastShortRepMov, 48 * Kibibyte, 32 * Mebibyte);
        CopyMethods.For(features, hasVectors).CopiesByVectors.Should().Be(copiesByVectors);
    }

    [Theory]
    [InlineData(32, 16)]
    [InlineData(48, 24)]
    [InlineData(64, 32)]
    [InlineData(128, 32)]
    [InlineData(0, 16)]
    public void For_FirstLevelCache_CachedCopyTakesHalfOfIt(long firstLevelKibibytes, long cachedKibibytes) =>
        CopyMethods.For(new ProcessorFeatures { FirstLevelByteCount = firstLevelKibibytes * Kibibyte }, hasVectors: true)
            .CachedToByteCount.Should().Be(cachedKibibytes * Kibibyte);

    [Theory]
    [InlineData(8, 16)]
    [InlineData(32, 16)]
    [InlineData(96, 48)]
    [InlineData(0, 16)]
    public void For_LastLevelCache_StreamingBeginsAtHalfOfIt(long lastLevelMebibytes, long streamingMebibytes) =>
        CopyMethods.For(new ProcessorFeatures { LastLevelByteCount = lastLevelMebibytes * Mebibyte }, hasVectors: true)
            .StreamingFromByteCount.Should().Be(streamingMebibytes * Mebibyte);

    [Fact]
    public void Read_ThisProcessor_ReportsPlausibleCaches()
    {
        var features = ProcessorFeatures.Read();
        (features.FirstLevelByteCount is 0 or >= (8 * Kibibyte) and <= (1024 * Kibibyte)).Should().BeTrue();
        (features.LastLevelByteCount == 0 || features.LastLevelByteCount >= features.FirstLevelByteCount).Should().BeTrue();
    }

    [Fact]
    public void CachesIn_FolderOfTheKernel_ReturnsDataAndUnifiedCaches()
    {
        using var folder = new TemporaryFolder();
        Write(folder.Path, 0, "1", "Data", "64K");
        Write(folder.Path, 1, "1", "Instruction", "32K");
        Write(folder.Path, 2, "2", "Unified", "1024K");
        ProcessorFeatures.CachesIn(folder.Path).Should().Equal((1, 64 * Kibibyte), (2, Mebibyte));
        ProcessorFeatures.CachesIn(folder.Path + "/missing").Should().BeEmpty();
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(4097)]
    [InlineData(32 << 10)]
    public unsafe void CopyShort_AnyLength_CopiesExactlyTheRange(int byteCount)
    {
        var source = new byte[byteCount];
        new Random(byteCount).NextBytes(source);
        var target = new byte[byteCount + 2];
        fixed (byte* from = source, to = target)
        {
            LibC.CopyShort(to + 1, from, (nuint)byteCount);
        }

        target.Should().Equal([0, .. source, 0]);
    }

    private static void Write(string folder, int index, string level, string type, string size)
    {
        var cache = Directory.CreateDirectory($"{folder}/index{index}").FullName;
        File.WriteAllText($"{cache}/level", level + "\n");
        File.WriteAllText($"{cache}/type", type + "\n");
        File.WriteAllText($"{cache}/size", size + "\n");
    }
}
