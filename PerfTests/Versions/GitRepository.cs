using System.ComponentModel;
using System.Globalization;
using PerfTests.ChildProcesses;

namespace PerfTests.Versions;

/// <summary>Asks git about the repository that a folder lies in: its top, a folder below, a worktree or a submodule.</summary>
/// <param name="folder">The folder; paths in questions start there.</param>
internal sealed class GitRepository(string folder)
{
    /// <summary>No call runs a hook or a monitor of the user's.</summary>
    private static readonly string[] s_always = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"];

    /// <summary>Runs git in the folder.</summary>
    /// <param name="output">What git printed, or an empty text where it failed.</param>
    /// <param name="problem">Git's own sentence where it failed, or an empty text.</param>
    /// <param name="arguments">The question.</param>
    /// <returns>True if git exited with 0.</returns>
    public bool Try(out string output, out string problem, params string[] arguments)
    {
        var (exitCode, printed, all) = Run(arguments);
        output = exitCode == 0 ? printed.Trim() : string.Empty;
        problem = exitCode == 0 ? string.Empty : SentenceOf(all, exitCode);
        return exitCode == 0;
    }

    /// <summary>Runs git in the folder.</summary>
    /// <returns>What git printed, or null where it failed or there is none.</returns>
    public string? Ask(params string[] arguments) => Try(out var output, out _, arguments) ? output : null;

    /// <summary>Gets the full hash of the commit that a revision means, or null and git's own sentence.</summary>
    public string? Resolve(string revision, out string problem)
    {
        if (Try(out var hash, out problem, "rev-parse", "--verify", "--end-of-options", $"{revision}^{{commit}}"))
        {
            return hash;
        }

        // "Needed a single revision" is what rev-parse says of most mistakes; this command says which.
        if (problem.Contains("Needed a single revision", StringComparison.Ordinal)
            && !Try(out _, out var better, "rev-list", "-1", "--end-of-options", revision, "--"))
        {
            problem = better;
        }

        return null;
    }

    /// <summary>Gets the newest commit that two revisions have in common, or null where there is none.</summary>
    public string? MergeBase(string one, string other) => Resolve(one, out _) is { } first && Resolve(other, out _) is { } second
        ? Ask("merge-base", first, second)
        : null;

    /// <summary>Gets the branch that others start from: origin/HEAD, else main or master, there or here; or null.</summary>
    public string? DefaultBranch()
    {
        const string Remotes = "refs/remotes/", Heads = "refs/heads/";
        string?[] candidates =
        [
            Ask("symbolic-ref", "--quiet", $"{Remotes}origin/HEAD"),
            $"{Remotes}origin/main", $"{Remotes}origin/master", $"{Heads}main", $"{Heads}master",
        ];
        return Array.Find(candidates, name => name is not null && Resolve(name, out _) is not null)?
            .Replace(Remotes, string.Empty, StringComparison.Ordinal)
            .Replace(Heads, string.Empty, StringComparison.Ordinal);
    }

    /// <summary>Gets when a commit was committed, or null where there is no such commit.</summary>
    public DateTimeOffset? CommitTime(string hash) =>
        Resolve(hash, out _) is { } commit && Try(out var seconds, out _, "show", "--no-patch", "--format=%ct", commit)
            ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture))
            : null;

    /// <summary>True if the clone holds only the newest commits, as those of build servers do.</summary>
    public bool IsShallow => Ask("rev-parse", "--is-shallow-repository") == "true";

    /// <summary>Path of the folder within its repository, with a slash at its end; empty at the top.</summary>
    public string Prefix => Ask("rev-parse", "--show-prefix") ?? string.Empty;

    /// <summary>True if what the libraries are built from, uncommitted and untracked files included, is not what a commit holds.</summary>
    /// <remarks>Where git cannot tell, they count as different.</remarks>
    public bool LibrariesDiffer(string commit) =>
        Ask(["diff", "--quiet", "--no-ext-diff", commit, "--", .. LibraryBuild.Sources]) is null
        || Ask(["ls-files", "--others", "--exclude-standard", "--", .. LibraryBuild.Sources]) is not "";

    /// <summary>
    /// Writes files of a tree to a folder outside the repository, by an index of their own: nothing is written to the
    /// repository, and no attribute of its other files (LFS, export-ignore) has a say.
    /// </summary>
    /// <returns>True if git exited with 0.</returns>
    public bool TryExtract(string tree, IEnumerable<string> paths, string target, string index, out string problem)
    {
        // A split index would have its other half in the repository.
        var (exitCode, _, all) = Run(
            ["-c", "core.splitIndex=false", $"--work-tree={target}", "checkout", tree, "--", .. paths], ("GIT_INDEX_FILE", index));
        problem = exitCode == 0 ? string.Empty : SentenceOf(all, exitCode);
        return exitCode == 0;
    }

    private (int ExitCode, string Output, string All) Run(string[] arguments, params (string Name, string Value)[] variables)
    {
        try
        {
            var environment = GitEnvironment.Changes();
            foreach (var (name, value) in variables)
            {
                environment[name] = value;
            }

            return ExternalProgram.Run("git", [.. s_always, .. arguments], folder, environment);
        }
        catch (Win32Exception e)
        {
            return (-1, string.Empty, $"git cannot be started: {e.Message}. Install git, or put it on the PATH.");
        }
    }

    private static string SentenceOf(string printed, int exitCode)
    {
        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 0 ? string.Join(' ', lines) : FormattableString.Invariant($"git ended with exit code {exitCode}");
    }
}
