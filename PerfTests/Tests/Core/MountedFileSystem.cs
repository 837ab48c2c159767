using System.Diagnostics;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>A file system of memory that a test mounts for itself, where it may.</summary>
internal sealed class MountedFileSystem : IDisposable
{
    private MountedFileSystem(string path) => Path = path;

    public string Path { get; }

    /// <summary>Mounts one, or skips the calling test with the reason.</summary>
    public static MountedFileSystem MountOrSkip(string type, string options)
    {
        string path = Directory.CreateTempSubdirectory("perftests-mount-").FullName;
        string refusal = Run("mount", "-t", type, "-o", options, "perftests", path);
        if (refusal.Length > 0)
        {
            Directory.Delete(path);
            Assert.Skip($"This test needs a {type} of its own, and may not mount one: {refusal}");
        }

        return new MountedFileSystem(path);
    }

    public void Dispose()
    {
        // Lazily: a mapping that a failed test left must not keep the mount.
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    /// <returns>Empty, or what it said as it failed.</returns>
    private static string Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            string errors = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : errors.Length > 0 ? errors : $"{program} ended with {process.ExitCode}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{program}: {e.Message}";
        }
    }
}
