using PerfTests.Files;
using PerfTests.Versions;

namespace PerfTests.Tests.Arena.Kill.Injection;

/// <summary>A build of the libraries in which processes can be made to die at any <see cref="KillPoint"/>, made when it is first asked for.</summary>
public sealed class InstrumentedLibraries : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _build;

    public InstrumentedLibraries() =>
        _build = new(() => SourceBuilder.Build(_folder.Path, "instrumented", KillSwitch.Edits).Folder);

    /// <summary>Where the assemblies are.</summary>
    internal string Folder => _build.Value;

    public void Dispose() => _folder.Dispose();
}
