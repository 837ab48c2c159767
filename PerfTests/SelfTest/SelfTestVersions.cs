using PerfTests.Files;
using PerfTests.Planting;
using PerfTests.Versions;

namespace PerfTests.SelfTest;

/// <summary>
/// What the trials compare: the project's libraries, built twice by themselves, as the two sides of a comparison
/// are, and once with slowdowns written into them.
/// </summary>
internal sealed class SelfTestVersions : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<LibraryVersion> _baseline;
    private readonly Lazy<LibraryVersion> _rebuilt;
    private readonly Lazy<LibraryVersion> _slowed;

    /// <summary>Builds nothing yet.</summary>
    /// <param name="progress">Told what takes long.</param>
    public SelfTestVersions(Action<string> progress)
    {
        (_baseline, _rebuilt, _slowed) = (Build("baseline"), Build("rebuilt"), Build("slowed", PlantedSources.Patches));

        Lazy<LibraryVersion> Build(string label, params string[] patches) => new(() =>
        {
            progress($"building the libraries: {label}");
            return SourceBuilder.Build(_folder.Path, label, patches);
        });
    }

    /// <summary>What everything is compared with.</summary>
    /// <exception cref="VersionException">It cannot be built.</exception>
    public LibraryVersion Baseline => _baseline.Value;

    /// <summary>Another build of the same sources.</summary>
    /// <exception cref="VersionException">It cannot be built.</exception>
    public LibraryVersion Rebuilt => _rebuilt.Value;

    /// <summary>The sources with <see cref="PlantedSources"/> in them.</summary>
    /// <exception cref="VersionException">It cannot be built.</exception>
    public LibraryVersion Slowed => _slowed.Value;

    /// <summary>Deletes the builds.</summary>
    public void Dispose() => _folder.Dispose();
}
