using FluentAssertions;
using PerfTests.Machine;
using Xunit;

namespace PerfTests.Tests.Machine;

[Category("Machine")]
public sealed class MachineTests : IDisposable
{
    private const string AmdText = """
        processor	: 0
        vendor_id	: AuthenticAMD
        cpu family	: 25
        model		: 17
        model name	: AMD EPYC 9R14
        stepping	: 1
        cpu MHz		: 2599.998
        flags		: fpu vme

        processor	: 1
        vendor_id	: Other
        """;

    private const string ArmText = """
        processor	: 0
        BogoMIPS	: 243.75
        CPU implementer	: 0x41
        CPU architecture: 8
        CPU variant	: 0x3
        CPU part	: 0xd0c
        CPU revision	: 1

        processor	: 1
        CPU implementer	: 0x42
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void CpuInformation_X86Processor_ReadsTheFirstProcessor()
    {
        var cpu = Cpu(AmdText);
        cpu.First("vendor_id", "CPU implementer").Should().Be("AuthenticAMD", "the values belong to the first processor");
        cpu.First("cpu family", "CPU architecture").Should().Be("25");
        cpu.First("model", "CPU part").Should().Be("17", "the key 'model name' must not be taken for the key 'model'");
        cpu.First("stepping", "CPU revision").Should().Be("1");
    }

    [Fact]
    public void CpuInformation_ArmProcessor_ReadsTheFirstProcessor()
    {
        var cpu = Cpu(ArmText);
        cpu.First("vendor_id", "CPU implementer").Should().Be("0x41");
        cpu.First("cpu family", "CPU architecture").Should().Be("8");
        cpu.First("model", "CPU part").Should().Be("0xd0c");
        cpu.First("stepping", "CPU revision").Should().Be("1");
    }

    [Fact]
    public void CpuInformation_EmptyOrMissingFile_ValuesAreUnknown()
    {
        Cpu(string.Empty).First("vendor_id").Should().Be("unknown");
        CpuInformation.Read(Path.Combine(_folder, "not-there")).First("vendor_id").Should().Be("unknown");
    }

    [Fact]
    public void CacheHierarchy_SeveralLevels_ListsDataAndUnifiedCachesInOrder()
    {
        Cache("index3", "3", "Unified", "32768K");
        Cache("index1", "1", "Instruction", "64K");
        Cache("index0", "1", "Data", "32K");
        Cache("index2", "2", "Unified", "1024K");
        Directory.CreateDirectory(Path.Combine(_folder, "index4"));
        File.WriteAllText(Path.Combine(_folder, "uevent"), string.Empty);
        CacheHierarchy.Describe(_folder).Should().Be("32K-1024K-32768K");
    }

    [Fact]
    public void CacheHierarchy_NoCachesListed_SizesAreUnknown()
    {
        CacheHierarchy.Describe(_folder).Should().Be("nocacheinfo");
        CacheHierarchy.Describe(Path.Combine(_folder, "not-there")).Should().Be("nocacheinfo");
    }

    [Theory]
    [InlineData("AuthenticAMD", "amd-f25-m17-s1-32k-1024k-2cpu-linux-x64-net10")]
    [InlineData("GenuineIntel", "intel-f25-m17-s1-32k-1024k-2cpu-linux-x64-net10")]
    [InlineData("0x41", "0x41-f25-m17-s1-32k-1024k-2cpu-linux-x64-net10")]
    [InlineData("../Evil Über/..", "---evil--ber----f25-m17-s1-32k-1024k-2cpu-linux-x64-net10")]
    public void Id_AnyVendor_IsAValidFileName(string vendor, string id) =>
        Machine(vendor).Id.Should().Be(id).And.MatchRegex("^[a-z0-9-]+$");

    [Fact]
    public void Id_OnePartOfMachineClassDiffers_IdDiffers()
    {
        var one = Machine("AuthenticAMD");
        MachineClass[] others =
        [
            one with { Family = "26" }, one with { Model = "18" }, one with { Stepping = "2" }, one with { CacheSizes = "32K" },
            one with { VirtualCpuCount = 4 }, one with { Architecture = "arm64" }, one with { RuntimeMajor = 11 },
            one with { OperatingSystem = "other" },
        ];
        others.Select(other => other.Id).Append(one.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Current_ThisMachine_IdContainsNoClockSpeed() =>
        MachineClass.Current.Id.Should().MatchRegex("^[a-z0-9-]+-net[0-9]+$").And.NotContain("mhz");

    private static MachineClass Machine(string vendor) => new(vendor, "25", "17", "1", "32K-1024K", 2, "linux", "x64", 10);

    private CpuInformation Cpu(string text)
    {
        var path = Path.Combine(_folder, "cpuinfo");
        File.WriteAllText(path, text);
        return CpuInformation.Read(path);
    }

    private void Cache(string index, string level, string type, string size)
    {
        var cache = Directory.CreateDirectory(Path.Combine(_folder, index)).FullName;
        File.WriteAllText(Path.Combine(cache, "level"), level + "\n");
        File.WriteAllText(Path.Combine(cache, "type"), type + "\n");
        File.WriteAllText(Path.Combine(cache, "size"), size + "\n");
    }
}
