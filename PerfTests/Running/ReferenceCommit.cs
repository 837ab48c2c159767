using PerfTests.Baselines;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>
/// Commit that rows are paired with if this machine has no stored baseline. The first of these that exists is used: the newest
/// commit that an accepted baseline names, the merge base with the default branch, the commit before the last change of the
/// libraries.
/// </summary>
/// <param name="Hash">Hash of the commit, or null if there is none.</param>
/// <param name="Text">Reason for the choice. If there is no commit: the reason, and what to do.</param>
internal sealed record ReferenceCommit(string? Hash, string Text)
{
    private static string NextStep =>
        $"Name a version to compare with: {Setting.Base.Name}=REVISION or FOLDER. Or run again: if nothing disturbs this run, its values "
        + "are stored, and the next run is compared with them";

    /// <summary>Chooses the commit.</summary>
    public static ReferenceCommit Choose(GitRepository git, BaselineFolder folder)
    {
        if (git.Resolve("HEAD", out var problem) is not { } head)
        {
            return new ReferenceCommit(null, $"there is no commit to pair with, because git reports: {problem.TrimEnd('.')}. {NextStep}");
        }

        return NewestOfBaselines(git, folder) ?? MergeBase(git, head) ?? Before(git) ?? new ReferenceCommit(null, git.IsShallow
            ? $"there is no commit to pair with, because this clone is shallow. Fetch the history with git fetch --unshallow. {NextStep}"
            : $"there is no commit to pair with, because the repository has one commit only. {NextStep}");
    }

    private static ReferenceCommit? NewestOfBaselines(GitRepository git, BaselineFolder folder)
    {
        ReferenceCommit? newest = null;
        DateTimeOffset? newestTime = null;
        foreach (var (named, fileName) in folder.Commits())
        {
            // Only ancestors of HEAD are used. HEAD lacks the improvements of a newer commit, so compared with that commit it
            // would look slower.
            if (git.Resolve(named, out _) is { } commit
                && git.MergeBase("HEAD", commit) == commit
                && git.CommitTime(commit) is var time
                && (newest is null || time > newestTime))
            {
                newest = new ReferenceCommit(commit, $"the newest commit that an accepted baseline names ({fileName})");
                newestTime = time;
            }
        }

        return newest;
    }

    /// <summary>
    /// Returns the merge base with the default branch. Returns null if that is HEAD and the libraries are unchanged, because a
    /// pair would compare HEAD with itself.
    /// </summary>
    private static ReferenceCommit? MergeBase(GitRepository git, string head) =>
        git.DefaultBranch() is { } branch && git.MergeBase("HEAD", branch) is { } commit && (commit != head || git.LibrariesDiffer(head))
            ? new ReferenceCommit(commit, $"the merge base with {branch}")
            : null;

    /// <summary>
    /// Returns the commit before the last change of the libraries. Any later commit has the same libraries as HEAD.
    /// </summary>
    private static ReferenceCommit? Before(GitRepository git) =>
        git.Ask(["rev-list", "-1", "HEAD", "--", .. LibraryBuild.Sources]) is { Length: > 0 } changed
        && git.Resolve($"{changed}~1", out _) is { } commit
            ? new ReferenceCommit(commit, $"the parent of {changed[..7]}, which is the last commit that changed the libraries")
            : null;
}
