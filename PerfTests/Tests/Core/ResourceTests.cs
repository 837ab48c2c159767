using System.Runtime.InteropServices;
using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

[Category("Core")]
public sealed partial class ResourceTests
{
    private const int OpenFiles = 7;

    [Fact]
    public void Dispose_HundredThousandTimes_LeavesNoDescriptorMappingOrFile()
    {
        ShmSegment.CreateExclusive(4096).Dispose();
        var descriptors = Directory.GetFiles("/proc/self/fd").Length;
        for (var cycle = 0; cycle < 100_000; cycle++)
        {
            ShmSegment.CreateExclusive(4096).Dispose();
        }

        Directory.GetFiles("/proc/self/fd").Length.Should().BeLessThan(descriptors + 10);
        Smaps.Count("/dev/shm/mooncake_").Should().Be(0);
        Directory.GetFiles("/dev/shm", $"mooncake_{Environment.ProcessId}_*").Should().BeEmpty();
    }

    [Fact]
    public void Create_TooManyOpenFiles_ThrowsWithRemedy()
    {
        using var existing = ShmSegment.CreateExclusive(4096);
        GetLimit(OpenFiles, out var before).Should().Be(0);
        SetLimit(OpenFiles, before with { Soft = 3 }).Should().Be(0);
        ShmException?[] failures;
        try
        {
            failures = [Failure(() => ShmSegment.CreateExclusive(4096)), Failure(() => ShmSegment.Open(existing.Name, 4096))];
        }
        finally
        {
            _ = SetLimit(OpenFiles, before);
        }

        foreach (var failure in failures)
        {
            failure.Should().NotBeNull();
            failure!.Message.Should().Contain("EMFILE (24)").And.Contain("ulimit -n");
        }
    }

    [Theory]
    [InlineData(SegmentChildTask.ReplaceDirectory)]
    [InlineData(SegmentChildTask.CloseDirectory)]
    public void Create_DirectoryDescriptorClosed_FallsBackToShmOpen(string task)
    {
        using var child = SegmentChild.Start(task);
        var output = child.WaitForEnd();
        child.Process.ExitCode.Should().Be(0, output);
        output.Should().MatchRegex("closed descriptor [0-9]+: True").And.Contain($"created mooncake_{child.Process.Id}_");
        child.Names.Should().BeEmpty();
    }

    private static ShmException? Failure(Func<ShmSegment> action)
    {
        try
        {
            action().Dispose();
            return null;
        }
        catch (ShmException failure)
        {
            return failure;
        }
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    private record struct Limit(nuint Soft, nuint Hard);
}
