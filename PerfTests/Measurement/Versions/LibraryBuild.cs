using System.Reflection;

namespace PerfTests.Measurement.Versions;

/// <summary>Builds the libraries from a folder that has their sources as the project has them.</summary>
internal static class LibraryBuild
{
    private const string TopProject = "Shm.Arena";
    private const string FirstProject = "Shm.Core";

    /// <summary>The projects that a version is built from, in the order of their dependence.</summary>
    public static IReadOnlyList<string> Projects { get; } = [FirstProject, TopProject];

    /// <summary>The same flags as the candidate has, whatever they are.</summary>
    public static string Configuration { get; } =
        typeof(LibraryBuild).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    /// <summary>Builds into a folder.</summary>
    /// <param name="source">The folder that holds the projects' folders; a version without the arena is built without it.</param>
    /// <param name="output">Where the assemblies go.</param>
    /// <param name="label">What a person calls this version.</param>
    /// <exception cref="VersionException">It cannot be built; the message says what the build said.</exception>
    public static void Run(string source, string output, string label)
    {
        var project = Directory.Exists(Path.Combine(source, TopProject)) ? TopProject : FirstProject;

        // Analyzers change no code, and an older version may not please those of today.
        Require(
            Command.Run("dotnet", ["build", project, "--configuration", Configuration, "--output", output, "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "--nologo", "--verbosity", "quiet", "--disable-build-servers"], source),
            label,
            "dotnet build");
    }

    /// <summary>Turns the failure of a program into an error that says what it printed.</summary>
    /// <exception cref="VersionException">It failed.</exception>
    public static void Require((int ExitCode, string Output, string All) result, string label, string what)
    {
        if (result.ExitCode != 0)
        {
            throw new VersionException(
                $"The libraries of {label} cannot be built, so there is nothing to compare with: {what} ended with exit code {result.ExitCode}.\n{result.All.Trim()}\n"
                + "Name a revision that builds with this SDK, or a folder of built assemblies.");
        }
    }
}
