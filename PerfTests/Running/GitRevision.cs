using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>What git says of the project's folder.</summary>
/// <param name="Commit">The commit that is checked out, or null where there is no git or no repository.</param>
/// <param name="IsDirty">True if there are changes that the commit does not have.</param>
public sealed record GitRevision(string? Commit, bool IsDirty)
{
    /// <summary>True if a text names one commit for ever, as a branch or HEAD does not.</summary>
    public static bool IsHash(string text) => text.Length is >= 7 and <= 64 && text.All(char.IsAsciiHexDigit);

    /// <summary>Git's own sentence where there is no commit, or an empty text.</summary>
    public string Problem { get; init; } = string.Empty;

    /// <summary>Asks git.</summary>
    public static GitRevision Read() => Read(Git.Project);

    /// <summary>Asks git about the repository that a folder lies in.</summary>
    internal static GitRevision Read(GitRepository repository) => repository.Resolve("HEAD", out var problem) is { } commit
        ? new GitRevision(commit, IsChanged(repository))
        : new GitRevision(null, IsDirty: false) { Problem = problem };

    /// <summary>
    /// Of a larger repository only the project counts; and a baseline that a run has just written changes nothing that
    /// is measured.
    /// </summary>
    private static bool IsChanged(GitRepository repository) =>
        repository.Ask("status", "--porcelain", "--untracked-files=normal", "--", ".", ":(exclude)baselines") is not "";
}
