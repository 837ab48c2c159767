using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.Files;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Versions;

[Category("Measurement")]
public sealed class VersionLocatorTests
{
    [Theory]
    [InlineData("no-such-revision")]
    [InlineData("--help")]
    [InlineData("no/such/folder")]
    public void Find_UnknownRevision_ErrorQuotesGitAndNamesTheRemedy(string value) =>
        FluentActions.Invoking(() => VersionLocator.Find("PERF_BASE", value, _ => { }))
            .Should().Throw<VersionException>()
            .WithMessage($"PERF_BASE is \"{value}\"*neither*Shm.Core.dll*nor a revision*Git says: *Allowed: a branch*");

    [Fact]
    public void Find_FolderOfAssemblies_ReturnsItWithoutABuild()
    {
        var progress = new List<string>();
        var version = VersionLocator.Find("PERF_BASE", TestExecutable.Folder, progress.Add);
        version.Folder.Should().Be(TestExecutable.Folder);
        progress.Should().BeEmpty("nothing is built");
    }

    [Fact]
    public void Find_FolderWithoutTheLibraries_ThrowsVersionException()
    {
        using var folder = new TemporaryFolder();
        FluentActions.Invoking(() => VersionLocator.Find("PERF_BASE", folder.Path, _ => { })).Should().Throw<VersionException>();
        File.WriteAllText(Path.Combine(folder.Path, LibraryVersion.RequiredAssembly), string.Empty);
        VersionLocator.Find("PERF_BASE", folder.Path, _ => { }).Label.Should().Be(folder.Path);
    }
}
