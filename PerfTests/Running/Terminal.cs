using System.Globalization;
using PerfTests.Machine;

namespace PerfTests.Running;

/// <summary>
/// Detects whether the output of a run is shown in a terminal. A test host writes to a pipe, so the output of the command that
/// started it is examined.
/// </summary>
internal static class Terminal
{
    /// <summary>Names of the processes between a test and the shell: host, runner and command line.</summary>
    private static readonly string[] s_runners = ["dotnet", "testhost", "PerfTests", "vstest.console"];

    /// <summary>True if the output is a terminal with colours and the user has not switched colours off (no-color.org).</summary>
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
            var standardOutput = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/fd/1");
            return File.ResolveLinkTarget(standardOutput, returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsTerminal(string? target) =>
        target is not null
        && (target.StartsWith("/dev/pts/", StringComparison.Ordinal) || target.StartsWith("/dev/tty", StringComparison.Ordinal));
}
