using PerfTests.Files;
using PerfTests.Planting;
using PerfTests.Versions;

namespace PerfTests.SelfTest;

/// <summary>
/// Versions that the trials compare: two separate builds of the project's sources, because the two sides of a comparison are built
/// separately too, and a build with slowdowns in the sources.
/// </summary>
internal sealed class SelfTestVersions : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<LibraryVersion> _baseline;
    private readonly Lazy<LibraryVersion> _rebuilt;
    private readonly Lazy<LibraryVersion> _slowed;

    /// <summary>Prepares the builds; each starts when its version is first used.</summary>
    /// <param name="progress">Receives a message before each build.</param>
    public SelfTestVersions(Action<string> progress)
    {
        (_baseline, _rebuilt, _slowed) = (Build("baseline"), Build("rebuilt"), Build("slowed", PlantedSources.Patches));

        Lazy<LibraryVersion> Build(string label, params string[] patches) => new(() =>
        {
            progress($"building the libraries: {label}");
            return SourceBuilder.Build(_folder.Path, label, patches);
        });
    }

    /// <summary>Gets the version that the others are compared with.</summary>
    /// <exception cref="VersionException">The build failed.</exception>
    public LibraryVersion Baseline => _baseline.Value;

    /// <summary>Gets another build of the same sources.</summary>
    /// <exception cref="VersionException">The build failed.</exception>
    public LibraryVersion Rebuilt => _rebuilt.Value;

    /// <summary>Gets a build of the sources with the slowdowns of <see cref="PlantedSources"/>.</summary>
    /// <exception cref="VersionException">The build failed.</exception>
    public LibraryVersion Slowed => _slowed.Value;

    /// <summary>Deletes the builds.</summary>
    public void Dispose() => _folder.Dispose();
}
