using FluentAssertions;
using PerfTests.Machine;
using Xunit;

namespace PerfTests.Tests.Machine;

/// <summary>Tests the description of resources that a row needs and the machine lacks.</summary>
[Category("Machine")]
public sealed class ShortageTests
{
    private const long Mebibyte = 1 << 20;
    private static readonly MachineResources s_ample = new(1L << 40, 1 << 20, 1 << 20, 64, 1L << 40, null);

    [Fact]
    public void Describe_EverythingSuffices_ReturnsNull() =>
        Shortage.Describe(
            new RowNeeds { SharedMemoryBytes = 1 << 30, OpenFiles = 10_000, Mappings = 60_000, Cores = 2, MemoryBytes = 1 << 30 },
            s_ample).Should().BeNull();

    [Fact]
    public void Describe_TooLittleSharedMemory_GivesBothSizesAndTheRemedy() =>
        Shortage.Describe(new RowNeeds { SharedMemoryBytes = 96 * Mebibyte }, s_ample with { FreeSharedMemoryBytes = 64 * Mebibyte })
            .Should().Be("needs 97 MiB of /dev/shm, 64 MiB free; in Docker: --shm-size=2g");

    [Fact]
    public void Describe_AlmostEnoughSharedMemory_ShowsTwoDifferentSizes() =>
        Shortage.Describe(
                new RowNeeds { SharedMemoryBytes = 64 * Mebibyte }, s_ample with { FreeSharedMemoryBytes = (64 * Mebibyte) + 4096 })
            .Should().StartWith("needs 65 MiB of /dev/shm, 64 MiB free");

    [Fact]
    public void Describe_OneProcessor_GivesTheNumberNeeded() =>
        Shortage.Describe(new RowNeeds { Cores = 2 }, s_ample with { Cores = 1 })
            .Should().Be("needs 2 processors, this process may use 1; give it more (taskset, docker run --cpus)");

    [Fact]
    public void Describe_TooFewOpenFiles_NamesTheLimit() =>
        Shortage.Describe(new RowNeeds { OpenFiles = 10_000 }, s_ample with { FreeOpenFiles = 200 })
            .Should().Be("needs 10,028 open files, this process may open 200 more; raise the limit: ulimit -n 11264");

    [Fact]
    public void Describe_TooFewMappings_NamesTheLimit() =>
        Shortage.Describe(new RowNeeds { Mappings = 60_000 }, s_ample with { FreeMappings = 50_000 })
            .Should().StartWith("needs 61,500 mappings, this process may make 50,000 more").And.Contain("vm.max_map_count");

    [Fact]
    public void Describe_TooLittleMemory_CountsSharedMemoryToo() =>
        Shortage.Describe(
                new RowNeeds { SharedMemoryBytes = 600 * Mebibyte, MemoryBytes = 300 * Mebibyte },
                s_ample with { FreeMemoryBytes = 900 * Mebibyte })
            .Should().StartWith("needs 997 MiB of memory, 900 MiB free");

    [Fact]
    public void Describe_SharedMemoryUnusable_NamesOnlyThatProblem() =>
        Shortage.Describe(new RowNeeds { Cores = 99 }, s_ample with { SharedMemoryProblem = "there is no /dev/shm" })
            .Should().Be("there is no /dev/shm");

    [Fact]
    public void FreeMemoryOfContainer_LimitAndUsage_IsTheDifferencePlusInactiveCache() =>
        Memory.OfContainer("1000000\n", "400000\n", ["active_file 5", "inactive_file 1000"]).Should().Be(601_000);

    [Theory]
    [InlineData("max\n", "400000\n")]
    [InlineData("1000\n", "?")]
    public void FreeMemoryOfContainer_NoLimit_IsUnlimited(string limit, string usage) =>
        Memory.OfContainer(limit, usage, []).Should().Be(long.MaxValue);

    [Fact]
    public void GroupFolders_NestedControlGroup_IncludesParentGroups() =>
        Memory.GroupFolders(["5:memory:/a/b", "4:cpu:/c", "0::/d"]).Should().Equal(
            "/sys/fs/cgroup/memory/a/b", "/sys/fs/cgroup/memory/a", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/d", "/sys/fs/cgroup");

    [Fact]
    public void FreeMemoryOfMachine_MemAvailable_IsConvertedFromKibibytes() =>
        Memory.OfMachine(["MemTotal:  9 kB", "MemAvailable:    2048 kB"]).Should().Be(2 * Mebibyte);

    [Fact]
    public void FileSystemOf_SeveralMountsOnOneFolder_ReturnsTypeOfLastMount() =>
        MachineResources.FileSystemOf("/dev/shm",
        [
            "101 99 0:22 / /dev/shm rw,relatime - tmpfs tmpfs rw,size=24683620k",
            "106 103 254:0 /tmp/x /dev/shm rw,relatime shared:3 - ext4 /dev/vda rw",
            "107 99 0:30 / /tmp rw - tmpfs tmpfs rw",
        ]).Should().Be("ext4");

    [Fact]
    public void FileSystemOf_FolderWithoutMount_ReturnsTypeOfNearestParentMount() =>
        MachineResources.FileSystemOf("/dev/shm", ["99 1 254:0 / / rw - ext4 /dev/vda rw", "101 99 0:22 / /tmp rw - tmpfs tmpfs rw"])
            .Should().Be("ext4");

    [Fact]
    public void FileSystemOf_NoMountContainsTheFolder_ReturnsNull() =>
        MachineResources.FileSystemOf("/dev/shm", ["101 99 0:22 / /tmp rw,relatime - tmpfs tmpfs rw"]).Should().BeNull();

    [Fact]
    public void Read_ThisMachine_ReturnsPositiveResources()
    {
        var has = MachineResources.Read();
        has.Cores.Should().Be(Environment.ProcessorCount);
        has.FreeOpenFiles.Should().BePositive().And.BeLessThan(OpenFiles.Limit);
        has.FreeMappings.Should().BePositive();
        has.FreeMemoryBytes.Should().BePositive();
    }
}
