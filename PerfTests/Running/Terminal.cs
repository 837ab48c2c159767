using System.Globalization;
using PerfTests.Machine;

namespace PerfTests.Running;

/// <summary>Finds out where the run's output goes. A test host writes into a pipe: what counts is the command that started it.</summary>
internal static class Terminal
{
    /// <summary>Names of the processes between a test and the shell: the host, the runner and the command line.</summary>
    private static readonly string[] s_runners = ["dotnet", "testhost", "PerfTests", "vstest.console"];

    /// <summary>True if the output is a terminal that shows colour, and the user has not asked for none (no-color.org).</summary>
    public static bool ShowsColour() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb")
        && OperatingSystem.IsLinux()
        && IsTerminal(OutputOf(Outermost(Environment.ProcessId)));

    private static int Outermost(int id)
    {
        while (ProcessSnapshot.TryRead(id, out var own)
            && ProcessSnapshot.TryRead(own.ParentId, out var parent)
            && Array.Exists(s_runners, name => parent.Name.StartsWith(name, StringComparison.Ordinal)))
        {
            id = own.ParentId;
        }

        return id;
    }

    private static string? OutputOf(int id)
    {
        try
        {
            return File.ResolveLinkTarget(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/fd/1"), returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsTerminal(string? target) =>
        target is not null && (target.StartsWith("/dev/pts/", StringComparison.Ordinal) || target.StartsWith("/dev/tty", StringComparison.Ordinal));
}
