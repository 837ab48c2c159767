using PerfTests.Baselines;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>
/// The commit that a row is paired with where no stored baseline fits the machine: the newest that a committed baseline
/// names, or else the merge base with the default branch, or else the one before the last that changed the libraries.
/// </summary>
/// <param name="Hash">Its hash, or null if there is none.</param>
/// <param name="Text">Why it is this one, or why there is none and what to do.</param>
internal sealed record ReferenceCommit(string? Hash, string Text)
{
    private static string NextStep =>
        $"Name a version to compare with: {Setting.Base.Name}=REVISION or FOLDER. Or run again: unless something disturbs it, this run's values are kept and the next is compared with them";

    /// <summary>Chooses the commit.</summary>
    public static ReferenceCommit Choose(GitRepository git, BaselineFolder folder)
    {
        if (git.Resolve("HEAD", out var problem) is not { } head)
        {
            return new ReferenceCommit(null, $"there is no commit to pair with, as git says: {problem.TrimEnd('.')}. {NextStep}");
        }

        return NewestOfBaselines(git, folder) ?? MergeBase(git, head) ?? Before(git) ?? new ReferenceCommit(null, git.IsShallow
            ? $"there is no commit to pair with, as this clone is shallow: git fetch --unshallow. {NextStep}"
            : $"there is no commit to pair with, as the repository has one commit only. {NextStep}");
    }

    private static ReferenceCommit? NewestOfBaselines(GitRepository git, BaselineFolder folder)
    {
        ReferenceCommit? newest = null;
        DateTimeOffset? newestTime = null;
        foreach (var (named, fileName) in folder.Commits())
        {
            // A newer version than the one that is checked out would make it look slower by what it does not have yet.
            if (git.Resolve(named, out _) is { } commit && git.MergeBase("HEAD", commit) == commit && git.CommitTime(commit) is var time && (newest is null || time > newestTime))
            {
                (newest, newestTime) = (new ReferenceCommit(commit, $"the newest commit that a committed baseline names ({fileName})"), time);
            }
        }

        return newest;
    }

    /// <summary>On the default branch the merge base is HEAD itself; comparing with it would hide HEAD's own changes.</summary>
    private static ReferenceCommit? MergeBase(GitRepository git, string head) =>
        git.DefaultBranch() is { } branch && git.MergeBase("HEAD", branch) is { } commit && (commit != head || git.LibrariesDiffer(head))
            ? new ReferenceCommit(commit, $"the merge base with {branch}")
            : null;

    /// <summary>A commit with the same libraries would pass whatever was slowed down before it.</summary>
    private static ReferenceCommit? Before(GitRepository git) =>
        git.Ask(["rev-list", "-1", "HEAD", "--", .. LibraryBuild.Sources]) is { Length: > 0 } changed
        && git.Resolve($"{changed}~1", out _) is { } commit
            ? new ReferenceCommit(commit, $"the commit before {changed[..7]}, the last that changed the libraries")
            : null;
}
