using PerfTests.Measurement.Versions;

namespace PerfTests.Running;

/// <summary>What git says of the project's folder.</summary>
/// <param name="Commit">The commit that is checked out, or null where there is no git or no repository.</param>
/// <param name="IsDirty">True if there are changes that the commit does not have.</param>
public sealed record GitRevision(string? Commit, bool IsDirty)
{
    /// <summary>True if a text names one commit for ever, as a branch or HEAD does not.</summary>
    public static bool IsHash(string text) => text.Length is >= 7 and <= 64 && text.All(char.IsAsciiHexDigit);

    /// <summary>Asks git.</summary>
    public static GitRevision Read()
    {
        var commit = Git.Ask("rev-parse", "HEAD");
        return new GitRevision(commit, commit is not null && Git.Ask("status", "--porcelain") is { Length: > 0 });
    }
}
