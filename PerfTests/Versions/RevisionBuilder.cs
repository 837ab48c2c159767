namespace PerfTests.Versions;

/// <summary>
/// Builds the libraries of a git revision. The sources are taken from git's objects, so that uncommitted changes stay
/// out of it; the assemblies are kept in a cache folder by commit, so that each commit is built once.
/// </summary>
internal static class RevisionBuilder
{
    /// <summary>A build is half a megabyte; what was not used for longest goes first.</summary>
    private const int MostKeptVersions = 32;

    /// <summary>Returns the version of a commit, built now or before.</summary>
    /// <param name="commit">The full hash.</param>
    /// <param name="progress">Told what takes long.</param>
    /// <exception cref="VersionException">It cannot be built; the message says what git or the build said.</exception>
    public static LibraryVersion Build(string commit, Action<string> progress) =>
        Build(Git.Project, commit, Path.Combine(CacheFolder.Find(), "versions"), progress);

    /// <summary>Returns the version of a commit of any repository, built now or before.</summary>
    /// <exception cref="VersionException">It cannot be built; the message says what git or the build said.</exception>
    internal static LibraryVersion Build(GitRepository repository, string commit, string cacheFolder, Action<string> progress)
    {
        // A commit of a larger repository may hold the project more than once.
        var place = repository.Prefix.Replace('/', '+');
        var folder = Path.Combine(cacheFolder, $"{commit}-{place}{LibraryBuild.Configuration}-{Environment.Version}");
        if (!LibraryVersion.IsIn(folder))
        {
            progress($"building {Label(commit)} to compare with");
            BuildInto(folder, repository, commit, cacheFolder);
            Trim(cacheFolder, MostKeptVersions);
        }

        Directory.SetLastAccessTimeUtc(folder, DateTime.UtcNow);

        return new LibraryVersion(folder, Label(commit), commit);
    }

    /// <summary>Gets what a person calls a commit.</summary>
    internal static string Label(string commit) => commit[..Math.Min(7, commit.Length)];

    private static void BuildInto(string folder, GitRepository repository, string commit, string cacheFolder)
    {
        var work = Path.Combine(cacheFolder, $"{commit}-{Guid.NewGuid():N}");
        var source = Path.Combine(work, "source");
        var output = Path.Combine(work, "output");
        Directory.CreateDirectory(source);
        try
        {
            RevisionSources.Write(repository, commit, source);
            LibraryBuild.Run(source, output, Label(commit));
            Publish(output, folder);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
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
