namespace PerfTests.Tests.Reporting;

/// <summary>Provides a folder that is deleted after the test.</summary>
public abstract class TemporaryResults : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("perftests-").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
