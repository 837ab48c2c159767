using System.ComponentModel;
using PerfTests.Baselines;
using PerfTests.Measurement.Versions;

namespace PerfTests.Running;

/// <summary>
/// The version that a row is paired with where no stored baseline fits the machine: the newest commit that a committed
/// baseline names, or else the merge base with the default branch, or else the commit before this one.
/// </summary>
internal sealed class ReferenceVersion
{
    private ReferenceVersion(LibraryVersion? version, string text, bool isWorkingTree = false) =>
        (Version, Text, IsWorkingTree) = (version, text, isWorkingTree);

    /// <summary>The built version, or null if there is none.</summary>
    public LibraryVersion? Version { get; }

    /// <summary>Which commit it is and why, or why there is none and what to do.</summary>
    public string Text { get; }

    /// <summary>True if its libraries are those of the working tree: pairing then says only whether this machine can judge.</summary>
    public bool IsWorkingTree { get; }

    /// <summary>Finds and builds the version.</summary>
    /// <param name="folder">The baselines.</param>
    /// <param name="progress">Is told what takes long.</param>
    public static ReferenceVersion Find(BaselineFolder folder, Action<string> progress)
    {
        if (!Git.Try(out var head, out var problem, "rev-parse", "--verify", "HEAD^{commit}"))
        {
            return new ReferenceVersion(null, $"there is no commit to pair with, as git says: {problem}. {NextStep}");
        }

        if ((NewestOfBaselines(folder) ?? MergeBase(head) ?? Before()) is not var (commit, origin))
        {
            return new ReferenceVersion(null, Git.IsShallow
                ? $"there is no commit to pair with, as this clone is shallow: git fetch --unshallow. {NextStep}"
                : $"there is no commit to pair with, as the repository has one commit only. {NextStep}");
        }

        try
        {
            var version = RevisionBuilder.Build(commit, progress);
            return new ReferenceVersion(version, $"{version.Label} is {origin}", !Git.LibrariesDiffer(commit));
        }
        catch (Exception e) when (e is VersionException or IOException or UnauthorizedAccessException or Win32Exception)
        {
            return new ReferenceVersion(null, $"{commit[..7]}, {origin}, cannot be built: {e.Message}");
        }
    }

    private static string NextStep =>
        $"Run again on this machine to compare with the values of this run, or name a version: {Setting.Base.Name}=REVISION or FOLDER";

    private static (string Commit, string Origin)? NewestOfBaselines(BaselineFolder folder)
    {
        (string Commit, string Origin)? newest = null;
        DateTimeOffset? newestTime = null;
        foreach (var (named, fileName) in folder.Commits())
        {
            if (Git.Resolve(named) is { } commit && Git.CommitTime(commit) is var time && (newest is null || time > newestTime))
            {
                (newest, newestTime) = ((commit, $"the newest commit that a committed baseline names ({fileName})"), time);
            }
        }

        return newest;
    }

    /// <summary>On the default branch itself the merge base is the commit that is checked out, which says nothing of that commit's changes.</summary>
    private static (string Commit, string Origin)? MergeBase(string head) =>
        Git.DefaultBranch() is { } branch && Git.MergeBase("HEAD", branch) is { } commit && (commit != head || Git.LibrariesDiffer(head))
            ? (commit, $"the merge base with {branch}")
            : null;

    private static (string Commit, string Origin)? Before() => Git.Resolve("HEAD~1") is { } commit ? (commit, "the commit before this one") : null;
}
