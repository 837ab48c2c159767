using System.Text;
using PerfTests.Files;
using Shm.Core.Native;

namespace PerfTests.Versions;

/// <summary>Finds the folder in which builds of other versions are kept between runs.</summary>
internal static class CacheFolder
{
    /// <summary>Environment variable that names the folder.</summary>
    public const string EnvironmentVariable = "PERF_CACHE_FOLDER";

    private const string Name = "perftests";

    /// <summary>Finds the folder, creates it if it does not exist, and checks that it can be written to.</summary>
    /// <exception cref="VersionException">
    /// The folder that <c>PERF_CACHE_FOLDER</c> names, or every default folder, cannot be written to.
    /// </exception>
    public static string Find() => Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } named
        ? Named(named)
        : FirstOf(Defaults());

    /// <summary>Returns the first folder that can be written to and that no other user owns.</summary>
    /// <exception cref="VersionException">None of the folders can be used.</exception>
    internal static string FirstOf(IReadOnlyList<string> folders) =>
        folders.FirstOrDefault(folder => FolderProbe.WhyNotWritable(folder) is null && IsOwn(folder))
        ?? throw new VersionException(
            $"Cannot keep builds of other versions: none of {string.Join(", ", folders)} is both writable and owned by this user. "
            + $"Set {EnvironmentVariable} to a folder that this user can write to.");

    /// <summary>Lists the default folders, the preferred one first.</summary>
    internal static IReadOnlyList<string> Defaults()
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
                $"{EnvironmentVariable} is \"{named}\", which cannot be written to: {problem.TrimEnd('.')}. "
                + "Allowed: a folder that exists or can be created, and can be written to.")
            : folder;
    }

    /// <summary>
    /// Tells whether this user owns the folder. Another user could have created the folder in the temporary folder and put
    /// assemblies there, which this process would then run.
    /// </summary>
    private static unsafe bool IsOwn(string folder)
    {
        FileStatus status;
        fixed (byte* path = Encoding.UTF8.GetBytes(folder + '\0'))
        {
            return LibC.LinkStatus(path, &status) == 0 && status.UserId == LibC.EffectiveUserId();
        }
    }
}
