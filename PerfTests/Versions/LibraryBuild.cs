using System.ComponentModel;
using System.Reflection;
using PerfTests.ChildProcesses;

namespace PerfTests.Versions;

/// <summary>Builds the libraries from a folder that has the project's layout.</summary>
internal static class LibraryBuild
{
    private const string TopProject = "Shm.Arena";
    private const string FirstProject = "Shm.Core";

    /// <summary>Environment variable with the path of the dotnet that runs this process. The dotnet command sets the variable.</summary>
    private const string HostVariable = "DOTNET_HOST_PATH";

    /// <summary>Gets the projects of the libraries. Each project comes before the projects that depend on it.</summary>
    public static IReadOnlyList<string> Projects { get; } = [FirstProject, TopProject];

    /// <summary>Gets the names of those files in the top folder that a build reads, if they exist.</summary>
    public static IReadOnlyList<string> TopFiles { get; } =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "NuGet.config", "nuget.config"];

    /// <summary>Gets the files and folders that a version is built from.</summary>
    public static IReadOnlyList<string> Sources { get; } = [.. Projects, .. TopFiles];

    /// <summary>
    /// Gets the build configuration of the test assembly, such as Release. Other versions are built in the same configuration.
    /// </summary>
    public static string Configuration { get; } =
        typeof(LibraryBuild).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    /// <summary>Builds the libraries.</summary>
    /// <param name="source">Folder that contains the projects' folders. If the folder lacks Shm.Arena, only Shm.Core is built.</param>
    /// <param name="output">Folder that the assemblies are written to.</param>
    /// <param name="label">Name of the version in messages.</param>
    /// <param name="properties">MSBuild properties of this build, each as "Name=value".</param>
    /// <exception cref="VersionException">The build failed, and the message quotes its output; or dotnet cannot be started.</exception>
    public static void Run(string source, string output, string label, params string[] properties)
    {
        var project = Directory.Exists(Path.Combine(source, TopProject)) ? TopProject : FirstProject;

        // The analyzers are turned off: they do not change the code, and an older version may violate rules that were added
        // later.
        string[] arguments =
        [
            "build", project, "--configuration", Configuration, "--output", output,
            "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:GenerateDocumentationFile=false",
            "--nologo", "--verbosity", "quiet", "--disable-build-servers",
            .. properties.Select(property => $"-p:{property}"),
        ];
        var (exitCode, all) = RunDotnet(arguments, source, label);
        if (exitCode != 0)
        {
            throw new VersionException(
                $"The libraries of {label} cannot be built, so there is nothing to compare with: "
                + $"dotnet build exited with code {exitCode}.\n{all.Trim()}\n"
                + "Name a revision that builds with this SDK, or a folder of built assemblies.");
        }
    }

    private static (int ExitCode, string Output) RunDotnet(string[] arguments, string folder, string label)
    {
        var program = Environment.GetEnvironmentVariable(HostVariable) is { Length: > 0 } host ? host : "dotnet";
        try
        {
            var (exitCode, _, all) = ExternalProgram.Run(program, arguments, folder, WithoutCaller());
            return (exitCode, all);
        }
        catch (Win32Exception e)
        {
            throw new VersionException(
                $"The libraries of {label} cannot be built, so there is nothing to compare with: "
                + $"{program} cannot be started ({e.Message.TrimEnd('.')}). "
                + $"Put dotnet on the PATH, set {HostVariable} to its path, or name a folder of built assemblies.");
        }
    }

    /// <summary>
    /// Gets the variables to remove from the build's environment. MSBuild and the test platform pass variables to child
    /// processes that describe the build of the caller. The variable CI changes the source paths in the assemblies, which must
    /// be the same everywhere.
    /// </summary>
    internal static Dictionary<string, string?> WithoutCaller() => Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(name => name == "CI"
            || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
}
