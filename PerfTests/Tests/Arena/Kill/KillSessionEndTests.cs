using System.Diagnostics;
using System.Text;
using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.KillTest.Driving;
using PerfTests.KillTest.Workers;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>Tests that no process and no segment of a kill session is left when a signal ends the process that runs it.</summary>
[Category("Kill")]
public sealed class KillSessionEndTests
{
    private const int Terminate = 15;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(Terminate)]
    [InlineData(ProcessControl.Kill)]
    public void Session_ConductorEndedBySignal_LeavesNoProcessAndNoSegment(int signal)
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        var start = TestExecutable.StartInfo(ArenaChild.Verb, KillSessionChild.Task);
        start.RedirectStandardOutput = true;
        using var conductor = Process.Start(start)!;
        var arena = conductor.StandardOutput.ReadLine()!;
        var path = Path.Combine("/dev/shm", arena);
        try
        {
            ProcessesOf(arena).Should().HaveCountGreaterThan(1, "the fork server and the workers run");
            File.Exists(path).Should().BeTrue();
            ProcessControl.Signal(conductor.Id, signal).Should().Be(0);
            conductor.WaitForExit(s_patience).Should().BeTrue();
            SpinWait.SpinUntil(() => ProcessesOf(arena).Length == 0 && !File.Exists(path), s_patience);
            ProcessesOf(arena).Should().BeEmpty();
            File.Exists(path).Should().BeFalse();
        }
        finally
        {
            conductor.Kill();
            Array.ForEach(ProcessesOf(arena), process => ProcessControl.Signal(process, ProcessControl.Kill));
            File.Delete(path);
        }
    }

    /// <summary>Returns the ids of the fork server and of its workers, which have the name of the arena as an argument.</summary>
    private static int[] ProcessesOf(string arena) =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0]))
            .Where(name => CommandLine(name!).Contains($"\0{arena}\0", StringComparison.Ordinal)).Select(int.Parse!),
    ];

    private static string CommandLine(string process)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{process}/cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has exited meanwhile.
            return string.Empty;
        }
    }
}
