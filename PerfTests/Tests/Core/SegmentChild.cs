using System.Diagnostics;
using FluentAssertions;

namespace PerfTests.Tests.Core;

/// <summary>A child that holds and churns segments, or does what else <see cref="StartupHook"/> is told.</summary>
internal sealed class SegmentChild : IDisposable
{
    private readonly Task<string> _errors;
    private string _printed = "";

    private SegmentChild(Process process)
    {
        Process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public Process Process { get; }

    /// <summary>Names of the segments that it has.</summary>
    public string[] Names => Directory.GetFiles("/dev/shm", $"mooncake_{Process.Id}_*");

    /// <summary>Starts it; a shell script may prepare the process, which takes the shell's place at <c>exec "$0" "$@"</c>.</summary>
    public static SegmentChild Start(string ending, string? script = null, params string[] shell)
    {
        string host = Environment.ProcessPath!;
        string[] command = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, typeof(SegmentChild).Assembly.Location] : [host];
        string[] whole = script is null ? command : [.. shell, "sh", "-c", script, .. command];
        var start = new ProcessStartInfo(whole[0], whole[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };

        // Before Main: the test runner has its own handlers for Ctrl+C and for exceptions.
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(SegmentChild).Assembly.Location;
        start.Environment[StartupHook.EndingVariable] = ending;

        // A crash is wanted in some; a dump of it is not.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return new SegmentChild(Process.Start(start)!);
    }

    /// <summary>Reads until it says that it is ready; answers what it says beside, or null if it ended before.</summary>
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

    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{Process.Id}"]);
        kill.WaitForExit();
        kill.ExitCode.Should().Be(0);
    }

    /// <summary>Waits for its end; answers all that it printed.</summary>
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
            Process.Kill();
            Process.WaitForExit();
        }

        Process.Dispose();
    }
}
