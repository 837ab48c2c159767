namespace PerfTests.Measurement.Versions;

/// <summary>
/// Builds the libraries of a git revision. The sources are taken in a worktree, so that uncommitted changes stay
/// out of it; the assemblies are kept in a cache folder by commit, so that each commit is built once.
/// </summary>
internal static class RevisionBuilder
{
    /// <summary>A build is half a megabyte; what was not used for longest goes first.</summary>
    private const int MostKeptVersions = 32;

    /// <summary>The version of a commit, built now or before.</summary>
    /// <param name="commit">The full hash.</param>
    /// <param name="progress">Told what takes long.</param>
    /// <exception cref="VersionException">It cannot be built; the message says what the build said.</exception>
    public static LibraryVersion Build(string commit, Action<string> progress)
    {
        var label = commit[..Math.Min(7, commit.Length)];
        var folder = Path.Combine(CacheFolder, $"{commit}-{LibraryBuild.Configuration}-{Environment.Version}");
        if (!LibraryVersion.IsIn(folder))
        {
            progress($"building {label} to compare with");
            BuildInto(folder, commit, label);
            Trim(CacheFolder, MostKeptVersions);
        }

        Directory.SetLastAccessTimeUtc(folder, DateTime.UtcNow);

        return new LibraryVersion(folder, label, commit);
    }

    private static string CacheFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "perftests",
        "versions");

    private static void BuildInto(string folder, string commit, string label)
    {
        Directory.CreateDirectory(CacheFolder);
        Git.Ask("worktree", "prune");
        var work = Path.Combine(CacheFolder, $"{commit}-{Environment.ProcessId}");
        var source = Path.Combine(work, "source");
        var output = Path.Combine(work, "output");
        try
        {
            LibraryBuild.Require(Command.Run("git", ["worktree", "add", "--detach", "--force", source, commit], ProjectRoot.Path), label, "git worktree");
            LibraryBuild.Run(source, output, label);
            Publish(output, folder);
        }
        finally
        {
            Git.Ask("worktree", "remove", "--force", source);
            if (Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }

    /// <summary>Moves the build to its place at once, so that no other run sees half of it.</summary>
    private static void Publish(string output, string folder)
    {
        try
        {
            Directory.Move(output, folder);
        }
        catch (IOException) when (LibraryVersion.IsIn(folder))
        {
            // Another run was faster; its build is of the same commit.
        }
    }

    /// <summary>Deletes all but the versions used last.</summary>
    internal static void Trim(string cacheFolder, int mostKept)
    {
        var versions = new DirectoryInfo(cacheFolder).GetDirectories().Where(folder => LibraryVersion.IsIn(folder.FullName));
        foreach (var folder in versions.OrderByDescending(folder => folder.LastAccessTimeUtc).Skip(mostKept))
        {
            try
            {
                folder.Delete(recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another run deletes it, or keeps it: either way it is not ours to insist.
            }
        }
    }
}
