using PerfTests.Files;
using PerfTests.KillTest.Orderings;
using PerfTests.Versions;

namespace PerfTests.KillTest.Instrumented;

/// <summary>
/// A build of the libraries with kill points and with every broken ordering, made when it is first needed. Processes that use
/// this build can be killed in each <see cref="Shm.Arena.CrashWindow"/>.
/// </summary>
public sealed class InstrumentedLibraries : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _build;

    /// <summary>Prepares the build, which starts when <see cref="Folder"/> is first read.</summary>
    public InstrumentedLibraries() =>
        _build = new(() => SourceBuilder.Build(_folder.Path, "instrumented", BrokenOrdering.Patches, "KillPoints=true").Folder);

    /// <summary>Gets the folder of the assemblies.</summary>
    /// <exception cref="VersionException">The libraries cannot be built.</exception>
    internal string Folder => _build.Value;

    /// <summary>Deletes the build.</summary>
    public void Dispose() => _folder.Dispose();
}
