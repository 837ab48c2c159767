using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Commit of the project's folder and whether it has uncommitted changes.</summary>
/// <param name="Commit">Hash of the checked-out commit, or null without git or a repository.</param>
/// <param name="IsDirty">True if there are uncommitted changes.</param>
public sealed record GitRevision(string? Commit, bool IsDirty)
{
    /// <summary>True if a text has the form of a commit hash. A branch or HEAD names different commits over time.</summary>
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
    /// True if files of the project are changed. Other folders of a larger repository do not count, nor do baselines, which
    /// do not change what is measured.
    /// </summary>
    private static bool IsChanged(GitRepository repository) =>
        repository.Ask("status", "--porcelain", "--untracked-files=normal", "--", ".", ":(exclude)baselines") is not "";
}
