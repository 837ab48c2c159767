using System.Diagnostics;
using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.Running;
using PerfTests.Tests.Core;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>
/// Tests the lock that allows one performance run at a time. The lock file is in a temporary folder, because a performance run
/// may hold the lock of this machine.
/// </summary>
[Category("Running")]
[Trait(LinuxTests.Need, LinuxTests.Linux)]
public sealed class RunLockTests : IDisposable
{
    private const string FolderVariable = "PERF_LOCK_FOLDER";
    private readonly string? _folderBefore = Environment.GetEnvironmentVariable(FolderVariable);
    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-").FullName;

    public RunLockTests() => Environment.SetEnvironmentVariable(FolderVariable, _folder);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(FolderVariable, _folderBefore);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Acquire_FreeLock_PrintsNothing()
    {
        var said = new List<string>();
        using (RunLock.Acquire(said.Add))
        {
        }

        using (RunLock.Acquire(said.Add))
        {
        }

        said.Should().BeEmpty();
    }

    [Fact]
    public void Acquire_LockHeldByOtherProcess_NamesTheProcessAndWaits()
    {
        var held = RunLock.Acquire(_ => { });
        using var second = StartSelfTestWithoutTrials();
        var firstLine = second.StandardOutput.ReadLine();
        firstLine.Should().Contain($"process {Environment.ProcessId} ").And.Contain("waiting");
        second.HasExited.Should().BeFalse();
        held.Dispose();
        second.StandardOutput.ReadToEnd().Should().Contain("Self-test");
        second.WaitForExit();
        second.ExitCode.Should().Be(1, "a self-test without a trial shows nothing");
    }

    [Fact]
    public void Acquire_ProcessWithTheLockKilled_TakesTheLock()
    {
        using (var holder = SegmentChild.Start(SegmentChildTask.HoldRunLock))
        {
            holder.WaitUntilReady().Should().NotBeNull("the child process must take the free lock");
            new FileInfo(Path.Combine(_folder, "perftests.lock"))
                .Invoking(file => file.Open(FileMode.Open, FileAccess.Read, FileShare.None).Dispose())
                .Should().Throw<IOException>();
            holder.Signal("KILL");
            holder.Process.WaitForExit();
        }

        var said = new List<string>();
        using (RunLock.Acquire(said.Add))
        {
        }

        said.Should().BeEmpty();
    }

    [Theory]
    [InlineData("missing", "the folder does not exist")]
    [InlineData("file", "it is a file")]
    public void Acquire_FolderMissingOrIsFile_ThrowsAtOnce(string name, string problem)
    {
        File.WriteAllText(Path.Combine(_folder, "file"), string.Empty);
        RequireRefusal(Path.Combine(_folder, name), problem);
    }

    [Fact]
    public void Acquire_ReadOnlyFolder_ThrowsAtOnce()
    {
        using var mounted = MountedFileSystem.MountOrSkip("tmpfs", "ro");
        RequireRefusal(mounted.Path, "Read-only*");
    }

    [Fact]
    public void Acquire_LockFileIsFolder_ThrowsAtOnce()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "perftests.lock"));
        RequireRefusal(_folder, "*perftests.lock*");
    }

    private static void RequireRefusal(string folder, string problem)
    {
        Environment.SetEnvironmentVariable(FolderVariable, folder);
        FluentActions.Invoking(() => RunLock.Acquire(_ => { }))
            .Should().Throw<SettingException>()
            .WithMessage(
                $"PERF_LOCK_FOLDER is \"{folder}\", where the lock file cannot be opened: {problem}. "
                + "Allowed: an existing writable folder*");
    }

    private Process StartSelfTestWithoutTrials()
    {
        var start = TestExecutable.StartInfo("self-test", "--output", _folder, "--minutes", "0");
        start.RedirectStandardOutput = true;
        return Process.Start(start)!;
    }
}
