namespace PerfTests.Files;

/// <summary>Temporary folder that is deleted when the object is disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("perftests-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
