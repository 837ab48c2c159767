namespace PerfTests.Versions;

/// <summary>
/// Builds the libraries of a git revision. The sources come from git's objects, so that uncommitted changes have no effect. The
/// assemblies are kept in a cache folder, so that each commit is built once.
/// </summary>
internal static class RevisionBuilder
{
    /// <summary>
    /// Maximum number of versions in the cache, about half a megabyte each. The least recently used versions are deleted.
    /// </summary>
    private const int CacheCapacity = 32;

    private static readonly string[] s_diskFull = ["No space left on device", "Out of diskspace"];

    /// <summary>Returns the version of a commit of the project's repository; builds it unless it is in the cache.</summary>
    /// <param name="commit">Full hash of the commit.</param>
    /// <param name="progress">Receives a message before a build.</param>
    /// <exception cref="VersionException">The commit cannot be built; the message quotes git or the build.</exception>
    public static LibraryVersion Build(string commit, Action<string> progress) =>
        Build(Git.Project, commit, Path.Combine(CacheFolder.Find(), "versions"), progress);

    /// <summary>Returns the version of a commit of a repository; builds it unless it is in the cache.</summary>
    /// <exception cref="VersionException">
    /// The commit cannot be built, and the message quotes git or the build; or <paramref name="cacheFolder"/> cannot be written to.
    /// </exception>
    internal static LibraryVersion Build(GitRepository repository, string commit, string cacheFolder, Action<string> progress)
    {
        try
        {
            return FindOrBuild(repository, commit, cacheFolder, progress);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || (e is VersionException && IsDiskFull(e)))
        {
            throw new VersionException(
                $"The build of {Label(commit)} cannot be kept in {cacheFolder}: {e.Message.TrimEnd('.')}. "
                + $"Free space there, or set {CacheFolder.EnvironmentVariable} to another folder.");
        }
    }

    /// <summary>
    /// Tells whether git or the build failed because the file system is full. The message contains their output: git writes "Out of
    /// diskspace" and the build "No space left on device".
    /// </summary>
    private static bool IsDiskFull(Exception e) =>
        Array.Exists(s_diskFull, text => e.Message.Contains(text, StringComparison.Ordinal));

    private static LibraryVersion FindOrBuild(GitRepository repository, string commit, string cacheFolder, Action<string> progress)
    {
        // A commit of a larger repository may contain the project in several folders, so the path is part of the cached version's name.
        var prefix = repository.Prefix.Replace('/', '+');
        var folder = Path.Combine(cacheFolder, $"{commit}-{prefix}{LibraryBuild.Configuration}-{Environment.Version}");
        if (!LibraryVersion.IsIn(folder))
        {
            progress($"building {Label(commit)} to compare with");
            BuildInto(folder, repository, commit, cacheFolder);
            Trim(cacheFolder, CacheCapacity);
        }

        Directory.SetLastAccessTimeUtc(folder, DateTime.UtcNow);

        return new LibraryVersion(folder, Label(commit), commit);
    }

    /// <summary>Gets the short hash of a commit, for messages.</summary>
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

    /// <summary>Moves a complete build into the cache in one step, so that no other run sees a part of it.</summary>
    private static void Publish(string output, string folder)
    {
        try
        {
            Directory.Move(output, folder);
        }
        catch (IOException) when (LibraryVersion.IsIn(folder))
        {
            // Another run has stored its build of the same commit meanwhile. The cache keeps that build.
        }
    }

    /// <summary>Deletes the least recently used versions from the cache.</summary>
    internal static void Trim(string cacheFolder, int maxKept)
    {
        var versions = new DirectoryInfo(cacheFolder).GetDirectories().Where(folder => LibraryVersion.IsIn(folder.FullName));
        foreach (var folder in versions.OrderByDescending(folder => folder.LastAccessTimeUtc).Skip(maxKept))
        {
            try
            {
                folder.Delete(recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another run is deleting or using this version. If the version remains, a later run deletes it.
            }
        }
    }
}
