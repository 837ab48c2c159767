using System.Reflection;
using PerfTests.ChildProcesses;

namespace PerfTests.Versions;

/// <summary>Builds the libraries from a folder that has their sources as the project has them.</summary>
internal static class LibraryBuild
{
    private const string TopProject = "Shm.Arena";
    private const string FirstProject = "Shm.Core";

    /// <summary>The projects that a version is built from, in the order of their dependence.</summary>
    public static IReadOnlyList<string> Projects { get; } = [FirstProject, TopProject];

    /// <summary>The files at the top of the project that a build reads, where they are there.</summary>
    public static IReadOnlyList<string> TopFiles { get; } =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "NuGet.config", "nuget.config"];

    /// <summary>Everything that a version is built from.</summary>
    public static IReadOnlyList<string> Sources { get; } = [.. Projects, .. TopFiles];

    /// <summary>The same flags as the candidate has, whatever they are.</summary>
    public static string Configuration { get; } =
        typeof(LibraryBuild).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    /// <summary>Builds into a folder.</summary>
    /// <param name="source">The folder that holds the projects' folders; a version without the arena is built without it.</param>
    /// <param name="output">Where the assemblies go.</param>
    /// <param name="label">What a person calls this version.</param>
    /// <param name="properties">MSBuild properties of this build, each as "Name=value".</param>
    /// <exception cref="VersionException">It cannot be built; the message says what the build said.</exception>
    public static void Run(string source, string output, string label, params string[] properties)
    {
        var project = Directory.Exists(Path.Combine(source, TopProject)) ? TopProject : FirstProject;

        // Analyzers change no code, and an older version may not please those of today.
        string[] arguments =
        [
            "build", project, "--configuration", Configuration, "--output", output,
            "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:GenerateDocumentationFile=false", "--nologo", "--verbosity", "quiet", "--disable-build-servers",
            .. properties.Select(property => $"-p:{property}"),
        ];
        var (exitCode, _, all) = ExternalProgram.Run("dotnet", arguments, source, WithoutCaller());
        if (exitCode != 0)
        {
            throw new VersionException(
                $"The libraries of {label} cannot be built, so there is nothing to compare with: "
                + $"dotnet build ended with exit code {exitCode}.\n{all.Trim()}\n"
                + "Name a revision that builds with this SDK, or a folder of built assemblies.");
        }
    }

    /// <summary>
    /// What MSBuild and the test platform tell their children is about the build that started us, and not about the one
    /// to start. A build that is told of CI writes other paths into its assemblies, and this one may be kept for later.
    /// </summary>
    private static Dictionary<string, string?> WithoutCaller() => Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(name => name == "CI"
            || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
}
