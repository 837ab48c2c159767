using System.ComponentModel;
using System.Runtime.InteropServices;
using PerfTests.ChildProcesses;
using PerfTests.Files;
using PerfTests.Machine;

namespace PerfTests.Metrics.Scenarios;

/// <summary>
/// Compiles and loads C functions that create segments, for comparison with this library. A process compiles them once for all
/// its layout copies, and leaves no file behind.
/// </summary>
internal static class CLibrary
{
    private const string Key = "PerfTests.CLibrary";
    private const string Source = "segment_creation.c";

    /// <summary>Returns the address of a function.</summary>
    /// <exception cref="CannotMeasureHereException">This machine has no C compiler, or the compiler fails.</exception>
    public static nint Function(string name) => NativeLibrary.GetExport(Load(), name);

    /// <summary>Returns the handle of the library. The first call in a process builds the library.</summary>
    /// <exception cref="CannotMeasureHereException">This machine has no C compiler, or the compiler fails.</exception>
    public static nint Load()
    {
        // Layout copies have statics of their own, but share the data of the AppContext.
        if (AppContext.GetData(Key) is not nint library)
        {
            library = Build();
            AppContext.SetData(Key, library);
        }

        return library;
    }

    private static nint Build()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "segment_creation.so");
        var source = Path.Combine(AppContext.BaseDirectory, "Metrics", "Scenarios", Source);
        try
        {
            var (exitCode, _, printed) = ExternalProgram.Run("cc", ["-O2", "-shared", "-fPIC", source, "-o", path, "-lrt"], folder.Path);
            return exitCode == 0
                ? NativeLibrary.Load(path)
                : throw new CannotMeasureHereException(
                    $"this machine's C compiler cannot build {Source}: {ProjectRoot.WithoutPath(printed.Trim())} "
                    + "(gcc and libc6-dev are needed: apt-get install gcc libc6-dev)");
        }
        catch (Win32Exception)
        {
            throw new CannotMeasureHereException("the C compiler cc is not installed; install it with apt-get install gcc libc6-dev");
        }
    }
}
