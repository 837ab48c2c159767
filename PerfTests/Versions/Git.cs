using PerfTests.Files;

namespace PerfTests.Versions;

/// <summary>Runs git in the project's own repository.</summary>
internal static class Git
{
    /// <summary>Gets the repository that contains the project's folder.</summary>
    public static GitRepository Project { get; } = new(ProjectRoot.Path);

    /// <inheritdoc cref="GitRepository.Try"/>
    public static bool Try(out string output, out string problem, params string[] arguments) =>
        Project.Try(out output, out problem, arguments);

    /// <inheritdoc cref="GitRepository.Ask"/>
    public static string? Ask(params string[] arguments) => Project.Ask(arguments);

    /// <summary>Gets the full hash of the commit that a revision names, or null if there is none.</summary>
    public static string? Resolve(string revision) => Project.Resolve(revision, out _);

    /// <inheritdoc cref="GitRepository.Resolve"/>
    public static string? Resolve(string revision, out string problem) => Project.Resolve(revision, out problem);

    /// <inheritdoc cref="GitRepository.MergeBase"/>
    public static string? MergeBase(string one, string other) => Project.MergeBase(one, other);

    /// <inheritdoc cref="GitRepository.DefaultBranch"/>
    public static string? DefaultBranch() => Project.DefaultBranch();

    /// <inheritdoc cref="GitRepository.CommitTime"/>
    public static DateTimeOffset? CommitTime(string hash) => Project.CommitTime(hash);

    /// <inheritdoc cref="GitRepository.IsShallow"/>
    public static bool IsShallow => Project.IsShallow;

    /// <inheritdoc cref="GitRepository.LibrariesDiffer"/>
    public static bool LibrariesDiffer(string commit) => Project.LibrariesDiffer(commit);
}
