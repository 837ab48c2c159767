using System.ComponentModel;
using System.Diagnostics;

namespace PerfTests.Running;

/// <summary>What git says of the project's folder.</summary>
/// <param name="Commit">The commit that is checked out, or null where there is no git or no repository.</param>
/// <param name="IsDirty">True if there are changes that the commit does not have.</param>
public sealed record GitRevision(string? Commit, bool IsDirty)
{
    /// <summary>Asks git.</summary>
    public static GitRevision Read()
    {
        var commit = Run("rev-parse", "HEAD");
        return new GitRevision(commit, commit is not null && Run("status", "--porcelain", "--untracked-files=no") is { Length: > 0 });
    }

    private static string? Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = ProjectRoot.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var output = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            // No git on this machine: the figures are as good without a commit.
            return null;
        }
    }
}
