using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Versions;
using PerfTests.Tests.Planted;

namespace PerfTests.SelfTest;

/// <summary>
/// What the trials compare: the project's libraries, built twice by themselves, as the two sides of a comparison
/// are, and once with slowdowns written into them.
/// </summary>
internal sealed class SelfTestVersions : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Builds all three.</summary>
    /// <exception cref="VersionException">They cannot be built.</exception>
    public SelfTestVersions(Action<string> progress)
    {
        try
        {
            progress("building the libraries twice, and once with slowdowns written into them");
            Base = SourceBuilder.Build(_folder.Path, "base");
            Same = SourceBuilder.Build(_folder.Path, "same");
            Slowed = SourceBuilder.Build(_folder.Path, "slowed", PlantedSources.Edits);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>What everything is compared with.</summary>
    public LibraryVersion Base { get; }

    /// <summary>Another build of the same sources.</summary>
    public LibraryVersion Same { get; }

    /// <summary>The sources with <see cref="PlantedSources"/> in them.</summary>
    public LibraryVersion Slowed { get; }

    /// <summary>Deletes the builds.</summary>
    public void Dispose() => _folder.Dispose();
}
