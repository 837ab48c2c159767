using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Checked-out commit of the project's folder, and whether the folder has uncommitted changes.</summary>
/// <param name="Commit">Hash of the checked-out commit, or null without git or a repository.</param>
/// <param name="IsDirty">True if there are uncommitted changes.</param>
public sealed record GitRevision(string? Commit, bool IsDirty)
{
    /// <summary>
    /// True if a text has the form of a commit hash. Only a hash always names the same commit; a branch or HEAD moves to other
    /// commits.
    /// </summary>
    public static bool IsHash(string text) => text.Length is >= 7 and <= 64 && text.All(char.IsAsciiHexDigit);

    /// <summary>Git's error message if there is no commit; otherwise empty.</summary>
    public string Problem { get; init; } = string.Empty;

    /// <summary>Reads the state of the project's folder.</summary>
    public static GitRevision Read() => Read(Git.Project);

    /// <summary>Reads the state of a repository.</summary>
    internal static GitRevision Read(GitRepository repository) => repository.Resolve("HEAD", out var problem) is { } commit
        ? new GitRevision(commit, IsChanged(repository))
        : new GitRevision(null, IsDirty: false) { Problem = problem };

    /// <summary>
    /// True if files of the project have uncommitted changes. Changes outside the project's folder do not count. Changes of
    /// baselines do not count either, because baselines are not part of the measured code.
    /// </summary>
    private static bool IsChanged(GitRepository repository) =>
        repository.Ask("status", "--porcelain", "--untracked-files=normal", "--", ".", ":(exclude)baselines") is not "";
}
