using System.ComponentModel;
using PerfTests.Files;
using PerfTests.ChildProcesses;

namespace PerfTests.AllocatorComparison;

/// <summary>
/// The native loops, and the C functions around Boost's headers, built by this machine's compiler into a temporary
/// folder. What cannot be built is missing, with the reason; the rest is measured all the same.
/// </summary>
internal sealed class NativeBuild : IDisposable
{
    /// <summary>The library of the native loops.</summary>
    public const string Loops = "loops.so";

    /// <summary>The library around Boost.Interprocess.</summary>
    public const string Boost = "boost.so";

    /// <summary>How the fresh processes, which inherit it, know the folder. Not for people.</summary>
    private const string FolderVariable = "PERFTESTS_PEER_LIBRARIES";

    /// <summary>The loader's settings, see ld.so(8).</summary>
    private const string LoaderVariable = "GLIBC_TUNABLES";

    /// <summary>
    /// jemalloc keeps its thread state, some 2.5 KiB, where only libraries that are there at a program's start may
    /// have it; glibc leaves 512 bytes for those that are loaded later, unless it is told before.
    /// </summary>
    private const string RoomForThreadStates = "glibc.rtld.optional_static_tls=16384";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Builds, and prepares the environment that fresh processes will inherit.</summary>
    public NativeBuild()
    {
        var sources = Path.Combine(AppContext.BaseDirectory, "AllocatorComparison", "native");
        Failures =
        [
            .. Compile("cc", Path.Combine(sources, "loops.c"), Loops, "the native loops", "gcc libc6-dev"),
            .. Compile("c++", Path.Combine(sources, "boost.cpp"), Boost, NativeAllocator.Boost.Name, NativeAllocator.Boost.Package),
        ];
        Environment.SetEnvironmentVariable(FolderVariable, _folder.Path);
        Environment.SetEnvironmentVariable(LoaderVariable, string.Join(':', new[] { Environment.GetEnvironmentVariable(LoaderVariable), RoomForThreadStates }.OfType<string>()));
    }

    /// <summary>The folder of what was built, in this process or the one that started it; null before.</summary>
    public static string? FolderOfThisRun => Environment.GetEnvironmentVariable(FolderVariable);

    /// <summary>What could not be built, why, and what would help.</summary>
    public IReadOnlyList<string> Failures { get; }

    public void Dispose() => _folder.Dispose();

    private IEnumerable<string> Compile(string compiler, string source, string library, string what, string packages)
    {
        string? error;
        try
        {
            var (exitCode, _, printed) = ExternalProgram.Run(compiler, ["-O2", "-DNDEBUG", "-shared", "-fPIC", "-pthread", source, "-o", Path.Combine(_folder.Path, library), "-lrt"], _folder.Path);
            error = exitCode == 0 ? null : printed.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? printed;
        }
        catch (Win32Exception)
        {
            error = $"there is no compiler {compiler}";
        }

        return error is null ? [] : [$"{what}: not built ({ProjectRoot.WithoutPath(error.Trim())}); apt-get install {packages}"];
    }
}
