using System.Diagnostics;
using FluentAssertions;
using PerfTests.ChildProcesses;
using Xunit;

namespace PerfTests.Tests.Arena;

[Category("Arena")]
public sealed class OtherSystemTests
{
    [Fact]
    public void EntryPoint_OtherOperatingSystem_ThrowsPlatformNotSupportedWithTheRemedy()
    {
        var start = TestExecutable.StartInfo(ArenaChild.Verb, OtherSystemChild.Task);
        start.RedirectStandardOutput = true;
        using var child = Process.Start(start)!;
        var lines = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        lines.Should().HaveCountGreaterThan(10).And.OnlyContain(line => line.EndsWith(
            ": PlatformNotSupportedException: Shared memory cannot be used on this system: it needs Linux (on Windows: WSL2), "
            + "which has POSIX shared memory in /dev/shm.",
            StringComparison.Ordinal));
    }
}
