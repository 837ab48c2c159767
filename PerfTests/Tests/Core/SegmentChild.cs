using System.Diagnostics;
using FluentAssertions;
using Shm.Core;

namespace PerfTests.Tests.Core;

/// <summary>Child process that runs a <see cref="SegmentChildTask"/> instead of tests.</summary>
internal sealed class SegmentChild : IDisposable
{
    private readonly Task<string> _errors;
    private string _printed = "";

    private SegmentChild(Process process)
    {
        Process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The child process.</summary>
    public Process Process { get; }

    /// <summary>Files in /dev/shm that the child process owns.</summary>
    public string[] Names => Directory.GetFiles("/dev/shm", $"mooncake_{Process.Id}_*");

    /// <summary>Starts a child process.</summary>
    /// <param name="task">Task of the child process: a constant of <see cref="SegmentChildTask"/>.</param>
    /// <param name="script">Shell script that runs first and ends with <c>exec "$0" "$@"</c>; null for none.</param>
    /// <param name="shell">Command that runs the shell, such as unshare.</param>
    public static SegmentChild Start(string task, string? script = null, params string[] shell)
    {
        var host = Environment.ProcessPath!;
        string[] command = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, typeof(SegmentChild).Assembly.Location] : [host];
        var whole = script is null ? command : [.. shell, "sh", "-c", script, .. command];
        var start = new ProcessStartInfo(whole[0], whole[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };

        // The child process works in a start-up hook, which runs before Main, because the test runner has its own handlers for
        // SIGINT and unhandled exceptions.
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(SegmentChild).Assembly.Location;
        start.Environment[StartupHook.TaskVariable] = task;

        // In some tests the child process crashes, and no dump is needed.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return new SegmentChild(Process.Start(start)!);
    }

    /// <summary>Waits until the child process is ready.</summary>
    /// <returns>Text after "ready", or null if the child process exited before it was ready.</returns>
    public string? WaitUntilReady()
    {
        const string Ready = "ready ";
        while (Process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                return line[Ready.Length..];
            }

            _printed += line + "\n";
        }

        return null;
    }

    /// <summary>Kills the child process and its own child processes.</summary>
    public void KillTree()
    {
        Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
    }

    /// <summary>Removes stale segments until no file of a killed process is left in /dev/shm.</summary>
    /// <param name="prefix">First part of the names of the killed process's files.</param>
    /// <returns>False if a file is still there after 30 s.</returns>
    /// <remarks>A process that is killed while it creates a segment may leave a file without a lock, which is removed 10 s later.</remarks>
    public static bool RemoveLeftovers(string prefix)
    {
        var deadline = Environment.TickCount64 + 30_000;
        while (true)
        {
            StaleSegments.Remove();
            if (Directory.GetFiles("/dev/shm", prefix + "*").Length == 0)
            {
                return true;
            }

            if (Environment.TickCount64 > deadline)
            {
                return false;
            }

            Thread.Sleep(200);
        }
    }

    /// <summary>Sends a signal to the child process.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Process.Id}"]);
        kill.WaitForExit();
        kill.ExitCode.Should().Be(0);
    }

    /// <summary>Waits until the child process has exited.</summary>
    /// <returns>The whole output of the child process.</returns>
    public string WaitForEnd()
    {
        _printed += Process.StandardOutput.ReadToEnd();
        Process.WaitForExit();
        return _printed + _errors.Result;
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            KillTree();
        }

        Process.Dispose();
    }
}
