using PerfTests.Results;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>
/// Tells which values of the local baseline count. Nobody accepted these values, so they count only for the code that they were measured
/// with and for later code.
/// </summary>
/// <param name="git">Repository of the project.</param>
internal sealed class LocalOrigin(GitRepository git)
{
    private readonly Dictionary<string, bool> _isInHistory = new(StringComparer.Ordinal);

    /// <summary>
    /// Returns false if a value was measured with uncommitted changes, or with a commit that this clone has but that is not in the
    /// history of HEAD: the change may have been discarded, or belong to another branch. Returns true if the value names no commit, or
    /// one that this clone does not have, since nothing can be checked then.
    /// </summary>
    public bool Counts(Provenance origin)
    {
        if (origin.GitDirty)
        {
            return false;
        }

        if (origin.GitCommit is not { } hash || !GitRevision.IsHash(hash))
        {
            return true;
        }

        if (!_isInHistory.TryGetValue(hash, out var isInHistory))
        {
            isInHistory = git.Resolve(hash, out _) is not { } commit || git.MergeBase("HEAD", commit) == commit;
            _isInHistory.Add(hash, isInHistory);
        }

        return isInHistory;
    }
}
