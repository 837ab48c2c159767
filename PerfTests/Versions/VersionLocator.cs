using PerfTests.Files;

namespace PerfTests.Versions;

/// <summary>Finds the version that a setting means: a folder of built assemblies, or a git revision.</summary>
internal static class VersionLocator
{
    /// <summary>The version, built if need be.</summary>
    /// <param name="setting">The setting's name, for messages.</param>
    /// <param name="value">A folder or a revision.</param>
    /// <param name="progress">Told what takes long.</param>
    /// <exception cref="VersionException">There is no such version.</exception>
    public static LibraryVersion Find(string setting, string value, Action<string> progress)
    {
        var folder = ProjectRoot.Resolve(value);
        if (LibraryVersion.IsIn(folder))
        {
            return new LibraryVersion(folder, value.TrimEnd(Path.DirectorySeparatorChar));
        }

        var commit = Git.Resolve(value, out var problem) ?? throw new VersionException(
            $"{setting} is \"{value}\", which is neither a folder with {LibraryVersion.RequiredAssembly} nor a revision that git has here. "
            + $"Git says: {problem.TrimEnd('.')}. Allowed: {Remedy()}.");
        return RevisionBuilder.Build(commit, progress);
    }

    private static string Remedy() => "a branch, a tag, a hash or HEAD~1; or a folder of built assemblies" + (Git.IsShallow
        ? ". This clone is shallow, so it lacks older commits and other branches: "
            + "git fetch --unshallow, or GIT_DEPTH: 0 in GitLab, fetches them"
        : string.Empty);
}
