using System.Diagnostics;
using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.Running;
using PerfTests.Tests.Core;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>With a folder for temporary files of its own: the machine's real lock may be held by a real run.</summary>
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
    public void AFreeLockIsTakenWithoutAWord()
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
    public void ASecondProcessSaysForWhomItWaitsAndRunsAfterwards()
    {
        var held = RunLock.Acquire(_ => { });
        using var second = SelfTestOfNothing();
        var firstLine = second.StandardOutput.ReadLine();
        firstLine.Should().Contain($"process {Environment.ProcessId} ").And.Contain("waiting");
        second.HasExited.Should().BeFalse();
        held.Dispose();
        second.StandardOutput.ReadToEnd().Should().Contain("Self-test");
        second.WaitForExit();
        second.ExitCode.Should().Be(0);
    }

    [Fact]
    public void AHolderThatIsKilledGivesTheLockBack()
    {
        using (var holder = SegmentChild.Start(StartupHook.HoldRunLock))
        {
            holder.WaitUntilReady().Should().NotBeNull("it holds the lock");
            new FileInfo(Path.Combine(_folder, "perftests.lock")).Invoking(file => file.Open(FileMode.Open, FileAccess.Read, FileShare.None).Dispose())
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
    [InlineData("not there", "there is no such folder")]
    [InlineData("file", "it is a file")]
    public void Acquire_FolderThatIsNone_ThrowsAtOnce(string name, string problem)
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
    public void Acquire_FolderInPlaceOfTheLock_ThrowsAtOnce()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "perftests.lock"));
        RequireRefusal(_folder, "*perftests.lock*");
    }

    private static void RequireRefusal(string folder, string problem)
    {
        Environment.SetEnvironmentVariable(FolderVariable, folder);
        FluentActions.Invoking(() => RunLock.Acquire(_ => { }))
            .Should().Throw<SettingException>()
            .WithMessage($"PERF_LOCK_FOLDER is \"{folder}\", where no lock can be: {problem}. Allowed: a folder*");
    }

    private Process SelfTestOfNothing()
    {
        var start = TestExecutable.StartInfo("self-test", "--output", _folder, "--minutes", "0");
        start.RedirectStandardOutput = true;
        return Process.Start(start)!;
    }
}
