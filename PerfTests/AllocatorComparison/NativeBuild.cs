using System.ComponentModel;
using PerfTests.ChildProcesses;
using PerfTests.Files;

namespace PerfTests.AllocatorComparison;

/// <summary>
/// Uses this machine's compilers to build two libraries in a temporary folder: the native loops, and C functions that call
/// Boost.Interprocess. If a library cannot be built, the reason is reported and everything else is measured.
/// </summary>
internal sealed class NativeBuild : IDisposable
{
    /// <summary>File name of the library of the native loops.</summary>
    public const string Loops = "loops.so";

    /// <summary>File name of the library around Boost.Interprocess.</summary>
    public const string Boost = "boost.so";

    /// <summary>
    /// Environment variable that passes the folder of the libraries to the fresh processes. Users never set it, so it is not a
    /// setting.
    /// </summary>
    private const string FolderVariable = "PERFTESTS_PEER_LIBRARIES";

    /// <summary>Environment variable with the settings of glibc's dynamic loader; see ld.so(8).</summary>
    private const string LoaderVariable = "GLIBC_TUNABLES";

    /// <summary>
    /// Loader setting that enlarges the static TLS block for libraries loaded at run time. The default size is 512 bytes, but
    /// jemalloc alone needs about 2.5 KiB.
    /// </summary>
    private const string LargerStaticTls = "glibc.rtld.optional_static_tls=16384";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Builds the libraries and sets the environment variables that fresh processes inherit.</summary>
    public NativeBuild()
    {
        var sources = Path.Combine(AppContext.BaseDirectory, "AllocatorComparison", "native");
        Failures =
        [
            .. Compile("cc", Path.Combine(sources, "loops.c"), Loops, "the native loops", "gcc libc6-dev"),
            .. Compile("c++", Path.Combine(sources, "boost.cpp"), Boost, NativeAllocator.Boost.Name, NativeAllocator.Boost.Package),
        ];
        Environment.SetEnvironmentVariable(FolderVariable, _folder.Path);
        string?[] loaderSettings = [Environment.GetEnvironmentVariable(LoaderVariable), LargerStaticTls];
        Environment.SetEnvironmentVariable(LoaderVariable, string.Join(':', loaderSettings.OfType<string>()));
    }

    /// <summary>Folder of the libraries that this process or its parent has built; null before the build.</summary>
    public static string? FolderOfThisRun => Environment.GetEnvironmentVariable(FolderVariable);

    /// <summary>Libraries that could not be built, each with the reason and the packages to install.</summary>
    public IReadOnlyList<string> Failures { get; }

    public void Dispose() => _folder.Dispose();

    private IEnumerable<string> Compile(string compiler, string source, string library, string what, string packages)
    {
        string? error;
        try
        {
            var (exitCode, _, printed) = ExternalProgram.Run(
                compiler,
                ["-O2", "-DNDEBUG", "-shared", "-fPIC", "-pthread", source, "-o", Path.Combine(_folder.Path, library), "-lrt"],
                _folder.Path);
            error = exitCode == 0
                ? null
                : printed.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? printed;
        }
        catch (Win32Exception)
        {
            error = $"compiler '{compiler}' not found";
        }

        return error is null ? [] : [$"{what}: cannot be built ({ProjectRoot.WithoutPath(error.Trim())}); apt-get install {packages}"];
    }
}
