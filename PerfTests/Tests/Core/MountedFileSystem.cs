using System.Diagnostics;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Memory-backed file system that one test mounts.</summary>
internal sealed class MountedFileSystem : IDisposable
{
    private MountedFileSystem(string path) => Path = path;

    public string Path { get; }

    /// <summary>Mounts a file system, or skips the calling test if that is not permitted.</summary>
    public static MountedFileSystem MountOrSkip(string type, string options)
    {
        var path = Directory.CreateTempSubdirectory("perftests-mount-").FullName;
        var error = Run("mount", "-t", type, "-o", options, "perftests", path);
        if (error.Length > 0)
        {
            Directory.Delete(path);
            Assert.Skip($"needs permission to mount a {type}: {error}");
        }

        return new MountedFileSystem(path);
    }

    public void Dispose()
    {
        // With -l, umount succeeds even if a failed test left a mapping of a file in the file system.
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    /// <summary>Runs a program.</summary>
    /// <returns>Empty text on success, else the error output.</returns>
    private static string Run(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : errors.Length > 0 ? errors : $"{program} exited with code {process.ExitCode}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{program}: {e.Message}";
        }
    }
}
