using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests what the documentation of <see cref="ShmSegment"/> says about a file that another process shortens.</summary>
[Category("Core")]
public sealed class ShortenedFileTests
{
    /// <summary>Exit codes after SIGBUS, and after SIGABRT, by which the runtime ends a process whose managed code gets SIGBUS.</summary>
    private const int SigbusExitCode = 128 + 7, AbortExitCode = 128 + 6;

    public ShortenedFileTests() => Requires.SharedMemory(Requires.FewPages);

    [Fact]
    public void Access_PageBeyondNewEnd_EndsTheProcessWithSigbus()
    {
        using var child = SegmentChild.Start(SegmentChildTask.AccessShortened);
        var output = child.WaitForEnd();
        output.Should().Contain("accessed the first page");
        child.Process.ExitCode.Should().BeOneOf([SigbusExitCode, AbortExitCode], output);
        Array.ForEach(child.Names, File.Delete);
    }

    [Fact]
    public void Access_FileLengthenedAgain_PagesAreZero()
    {
        using var segment = ShmSegment.CreateExclusive(8192);
        segment.AsSpan(0, 8192).Fill(1);
        SegmentChildTask.Shorten(segment, 4096);
        SegmentChildTask.Shorten(segment, 8192);
        segment.Length.Should().Be(8192);
        segment.AsReadOnlySpan(0, 4096).IndexOfAnyExcept((byte)1).Should().Be(-1);
        segment.AsReadOnlySpan(4096, 4096).IndexOfAnyExcept((byte)0).Should().Be(-1);
    }

    [Fact]
    public void Dispose_FileShortened_RemovesTheName()
    {
        var segment = ShmSegment.CreateExclusive(8192);
        var path = "/dev/shm/" + segment.Name;
        SegmentChildTask.Shorten(segment, 0);
        segment.Dispose();
        File.Exists(path).Should().BeFalse();
    }
}
