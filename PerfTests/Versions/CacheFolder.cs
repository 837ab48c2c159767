using System.Text;
using PerfTests.Files;
using Shm.Core.Native;

namespace PerfTests.Versions;

/// <summary>Chooses the folder that keeps builds of other versions from run to run.</summary>
internal static class CacheFolder
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string EnvironmentVariable = "PERF_CACHE_FOLDER";

    private const string Name = "perftests";

    /// <summary>Gets the folder, which exists and can be written to.</summary>
    /// <exception cref="VersionException"><c>PERF_CACHE_FOLDER</c> names no such folder, or there is none at all.</exception>
    public static string Find() => Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } named
        ? Named(named)
        : FirstOf(Usual());

    /// <summary>Gets the first of some folders that can be written to.</summary>
    /// <exception cref="VersionException">There is none.</exception>
    internal static string FirstOf(IReadOnlyList<string> folders) =>
        folders.FirstOrDefault(folder => FolderProbe.WhyNotWritable(folder) is null && IsOwn(folder))
        ?? throw new VersionException(
            $"No folder to keep builds of other versions in can be written to: tried {string.Join(", ", folders)}. "
            + $"Name one: {EnvironmentVariable}=FOLDER.");

    /// <summary>Lists where a cache may lie, best first.</summary>
    internal static IReadOnlyList<string> Usual()
    {
        string?[] parents =
        [
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME"),
        ];
        return
        [
            .. parents.OfType<string>().Where(Path.IsPathFullyQualified).Select(parent => Path.Combine(parent, Name)),
            Path.Combine(Path.GetTempPath(), $"{Name}-{Environment.UserName}"),
        ];
    }

    private static string Named(string named)
    {
        var folder = ProjectRoot.Resolve(named);
        return FolderProbe.WhyNotWritable(folder) is { } problem
            ? throw new VersionException(
                $"{EnvironmentVariable} is \"{named}\", where nothing can be written: {problem.TrimEnd('.')}. "
                + "Allowed: a folder that is there or can be made, and can be written to.")
            : folder;
    }

    /// <summary>True if no other user made the folder: in the temporary folder anybody can, and put assemblies in it.</summary>
    private static unsafe bool IsOwn(string folder)
    {
        FileStatus status;
        fixed (byte* path = Encoding.UTF8.GetBytes(folder + '\0'))
        {
            return LibC.LinkStatus(path, &status) == 0 && status.UserId == LibC.EffectiveUserId();
        }
    }
}
