namespace PerfTests.Measurement.Versions;

/// <summary>
/// Builds the libraries of a git revision. The sources are taken in a worktree, so that uncommitted changes stay
/// out of it; the assemblies are kept in a cache folder by commit, so that each commit is built once.
/// </summary>
internal static class RevisionBuilder
{
    private const string TopProject = "Shm.Arena";
    private const string FirstProject = "Shm.Core";

    /// <summary>The version of a commit, built now or before.</summary>
    /// <param name="commit">The full hash.</param>
    /// <param name="progress">Told what takes long.</param>
    /// <exception cref="VersionException">It cannot be built; the message says what the build said.</exception>
    public static LibraryVersion Build(string commit, Action<string> progress)
    {
        var label = commit[..Math.Min(7, commit.Length)];
        var folder = Path.Combine(CacheFolder, $"{commit}-{Configuration}-{Environment.Version}");
        if (!LibraryVersion.IsIn(folder))
        {
            progress($"building {label} to compare with");
            BuildInto(folder, commit, label);
        }

        return new LibraryVersion(folder, label, commit);
    }

    /// <summary>The same flags as the candidate has, whatever they are.</summary>
    private static string Configuration { get; } =
        typeof(RevisionBuilder).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyConfigurationAttribute), false)
            .OfType<System.Reflection.AssemblyConfigurationAttribute>().FirstOrDefault()?.Configuration ?? "Debug";

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
            Require(Command.Run("git", ["worktree", "add", "--detach", "--force", source, commit], ProjectRoot.Path), label, "git worktree");
            var project = Directory.Exists(Path.Combine(source, TopProject)) ? TopProject : FirstProject;
            Require(
                Command.Run("dotnet", ["build", project, "--configuration", Configuration, "--output", output, "--nologo", "--verbosity", "quiet", "--disable-build-servers"], source),
                label,
                "dotnet build");
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

    private static void Require((int ExitCode, string Output, string All) result, string label, string what)
    {
        if (result.ExitCode != 0)
        {
            throw new VersionException(
                $"The libraries of {label} cannot be built, so there is nothing to compare with: {what} ended with exit code {result.ExitCode}.\n{result.All.Trim()}\n"
                + "Name a revision that builds with this SDK, or a folder of built assemblies.");
        }
    }
}
