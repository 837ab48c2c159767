using PerfTests.Files;

namespace PerfTests.Versions;

/// <summary>Finds the version that a setting names: a folder of built assemblies, or a git revision.</summary>
internal static class VersionLocator
{
    /// <summary>Returns the version; builds a revision unless it is in the cache.</summary>
    /// <param name="setting">Name of the setting, for messages.</param>
    /// <param name="value">Value of the setting: a folder or a revision.</param>
    /// <param name="progress">Receives a message before a build.</param>
    /// <exception cref="VersionException">
    /// <paramref name="value"/> is neither a folder of assemblies nor a revision, an assembly was built without optimisation, or the
    /// build failed.
    /// </exception>
    public static LibraryVersion Find(string setting, string value, Action<string> progress)
    {
        var folder = ProjectRoot.Resolve(value);
        if (LibraryVersion.IsIn(folder))
        {
            RequireOptimised(setting, value, folder);
            return new LibraryVersion(folder, value.TrimEnd(Path.DirectorySeparatorChar));
        }

        var commit = Git.Resolve(value, out var problem) ?? throw new VersionException(
            $"{setting} is \"{value}\", which is neither a folder with {LibraryVersion.RequiredAssembly} "
            + "nor a revision of this repository. "
            + $"Git says: {problem.TrimEnd('.')}. Allowed: {Remedy()}.");
        return RevisionBuilder.Build(commit, progress);
    }

    /// <summary>Checks the assemblies. Times of code that is not optimised are several times too long.</summary>
    private static void RequireOptimised(string setting, string value, string folder)
    {
        foreach (var assembly in Directory.EnumerateFiles(folder, "Shm.*.dll"))
        {
            if (WhyUnusable(assembly) is { } why)
            {
                throw new VersionException(
                    $"{setting} is \"{value}\", but {Path.GetFileName(assembly)} in this folder {why}. "
                    + "Build the libraries again (dotnet build -c Release), or name another folder.");
            }
        }
    }

    private static string? WhyUnusable(string assembly)
    {
        try
        {
            return Optimisation.IsDisabled(assembly) ? "was built without optimisation, so its times would be too long" : null;
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return $"cannot be read as a .NET assembly ({e.Message.TrimEnd('.')})";
        }
    }

    private static string Remedy() => "a branch, a tag, a hash or HEAD~1; or a folder of built assemblies" + (Git.IsShallow
        ? ". This clone is shallow, so it lacks older commits and other branches: "
            + "git fetch --unshallow, or GIT_DEPTH: 0 in GitLab, fetches them"
        : string.Empty);
}
