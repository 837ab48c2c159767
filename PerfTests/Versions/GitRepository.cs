using System.ComponentModel;
using System.Globalization;
using PerfTests.ChildProcesses;

namespace PerfTests.Versions;

/// <summary>Runs git in a folder of a repository: its top folder, a folder below, a worktree or a submodule.</summary>
/// <param name="folder">Folder that git runs in; relative paths start there.</param>
internal sealed class GitRepository(string folder)
{
    /// <summary>
    /// Settings of every call, so that git runs no hook and no file system monitor of the user, and prints no check of a signature
    /// before the output of <c>git show</c>.
    /// </summary>
    private static readonly string[] s_always =
        ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false"];

    /// <summary>Runs git in the folder.</summary>
    /// <param name="output">Standard output without white space at its ends; empty if git failed.</param>
    /// <param name="problem">Git's error message; empty if git succeeded.</param>
    /// <param name="arguments">Command and arguments of git.</param>
    /// <returns>True if git exited with 0.</returns>
    public bool Try(out string output, out string problem, params string[] arguments)
    {
        var (exitCode, printed, all) = Run(arguments);
        output = exitCode == 0 ? printed.Trim() : string.Empty;
        problem = exitCode == 0 ? string.Empty : ErrorMessage(all, exitCode);
        return exitCode == 0;
    }

    /// <summary>Runs git in the folder.</summary>
    /// <returns>Standard output of git, or null if git failed or is not installed.</returns>
    public string? Ask(params string[] arguments) => Try(out var output, out _, arguments) ? output : null;

    /// <summary>Gets the full hash of the commit that a revision names, or null and git's error message.</summary>
    public string? Resolve(string revision, out string problem)
    {
        if (Try(out var hash, out problem, "rev-parse", "--verify", "--end-of-options", $"{revision}^{{commit}}"))
        {
            return hash;
        }

        // rev-parse says "Needed a single revision" for most mistakes. rev-list names the mistake.
        if (problem.Contains("Needed a single revision", StringComparison.Ordinal)
            && !Try(out _, out var better, "rev-list", "-1", "--end-of-options", revision, "--"))
        {
            problem = better;
        }

        return null;
    }

    /// <summary>Gets the merge base of two revisions, or null if they have none.</summary>
    public string? MergeBase(string one, string other) => Resolve(one, out _) is { } first && Resolve(other, out _) is { } second
        ? Ask("merge-base", first, second)
        : null;

    /// <summary>
    /// Gets the default branch: the one that origin/HEAD names, else main or master of origin, else a local main or master.
    /// Returns null if none of these branches exists.
    /// </summary>
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

    /// <summary>Gets the commit time of a commit, or null if there is no such commit.</summary>
    /// <exception cref="VersionException">Git prints something other than a time.</exception>
    public DateTimeOffset? CommitTime(string hash)
    {
        if (Resolve(hash, out _) is not { } commit || !Try(out var printed, out _, "show", "--no-patch", "--format=%ct", commit))
        {
            return null;
        }

        return long.TryParse(printed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new VersionException(
                $"Cannot read the time of commit {commit} from git: git show --format=%ct printed \"{printed}\" instead of a number. "
                + "Find the setting that adds this text (git config --list --show-origin), and remove it.");
    }

    /// <summary>True if the clone is shallow: it lacks older commits, as clones on build servers often do.</summary>
    public bool IsShallow => Ask("rev-parse", "--is-shallow-repository") == "true";

    /// <summary>Path of the folder within its repository, with a slash at its end; empty for the top folder.</summary>
    public string Prefix => Ask("rev-parse", "--show-prefix") ?? string.Empty;

    /// <summary>
    /// Tells whether the libraries' sources in the working tree differ from those of a commit. Uncommitted changes and untracked
    /// files count as differences.
    /// </summary>
    /// <returns>True if the sources differ, and also if git fails.</returns>
    public bool LibrariesDiffer(string commit) =>
        Ask(["diff", "--quiet", "--no-ext-diff", commit, "--", .. LibraryBuild.Sources]) is null
        || Ask(["ls-files", "--others", "--exclude-standard", "--", .. LibraryBuild.Sources]) is not "";

    /// <summary>
    /// Writes files of a tree to a folder outside the repository, with a separate index file. Nothing is written to the repository,
    /// and attributes of its files (LFS, export-ignore) have no effect.
    /// </summary>
    /// <param name="tree">Tree of a commit, as <c>commit:path/</c>.</param>
    /// <param name="paths">Paths within the tree.</param>
    /// <param name="target">Folder to write to.</param>
    /// <param name="index">Path of the index file, which is created.</param>
    /// <param name="problem">Git's error message; empty if git succeeded.</param>
    /// <returns>True if git exited with 0.</returns>
    public bool TryExtract(string tree, IEnumerable<string> paths, string target, string index, out string problem)
    {
        // With a split index, git would write the shared part of the index to the repository.
        var (exitCode, _, all) = Run(
            ["-c", "core.splitIndex=false", $"--work-tree={target}", "checkout", tree, "--", .. paths], ("GIT_INDEX_FILE", index));
        problem = exitCode == 0 ? string.Empty : ErrorMessage(all, exitCode);
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

    private static string ErrorMessage(string printed, int exitCode)
    {
        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 0 ? string.Join(' ', lines) : FormattableString.Invariant($"git exited with code {exitCode}");
    }
}
