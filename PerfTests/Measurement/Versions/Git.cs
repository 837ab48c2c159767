using System.ComponentModel;

namespace PerfTests.Measurement.Versions;

/// <summary>Asks git about the project's repository.</summary>
internal static class Git
{
    /// <summary>Runs git in the project's folder.</summary>
    /// <returns>What it printed, or null where it failed or there is no git.</returns>
    public static string? Ask(params string[] arguments)
    {
        try
        {
            var (exitCode, output, _) = Command.Run("git", arguments, ProjectRoot.Path);
            return exitCode == 0 ? output.Trim() : null;
        }
        catch (Win32Exception)
        {
            // No git on this machine: the figures are as good without a commit.
            return null;
        }
    }

    public static bool Try(out string output, out string problem, params string[] arguments)
    {
        var (exitCode, printed, all) = Command.Run("git", arguments, ProjectRoot.Path);
        (output, problem) = (printed.Trim(), all.Trim());
        return exitCode == 0;
    }

    public static string? MergeBase(string one, string other) => Ask("merge-base", one, other);

    public static string? DefaultBranch() => Resolve("main") is null ? null : "main";

    public static DateTimeOffset? CommitTime(string hash) => DateTimeOffset.Parse(Ask("show", "-s", "--format=%cI", hash)!, System.Globalization.CultureInfo.InvariantCulture);

    public static bool IsShallow => false;

    public static bool LibrariesDiffer(string commit) => Ask("diff", "--quiet", commit, "--", "Shm.Core", "Shm.Arena") is null;

    /// <summary>The commit that a revision means, or null if there is none.</summary>
    public static string? Resolve(string revision) =>
        revision.StartsWith('-') ? null : Ask("rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}");
}
