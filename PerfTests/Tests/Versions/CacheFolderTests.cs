using FluentAssertions;
using PerfTests.Files;
using PerfTests.Tests.Core;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Versions;

[Category("Measurement")]
public sealed class CacheFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_NamedFolder_CreatesAndReturnsIt()
    {
        var named = Path.Combine(_folder.Path, "to be made");
        using var variables = new VariableScope((CacheFolder.EnvironmentVariable, named));
        CacheFolder.Find().Should().Be(named);
        Directory.Exists(named).Should().BeTrue();
    }

    [Fact]
    public void Find_NamedPathIsAFile_ThrowsVersionException()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, string.Empty);
        using var variables = new VariableScope((CacheFolder.EnvironmentVariable, file));
        FluentActions.Invoking(CacheFolder.Find).Should().Throw<VersionException>()
            .WithMessage($"PERF_CACHE_FOLDER is \"{file}\"*cannot be written to*Allowed: a folder*");
    }

    [Fact]
    public void FirstOf_UnwritableFolder_ReturnsTheNextFolder()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, string.Empty);
        var next = Path.Combine(_folder.Path, "next");
        CacheFolder.FirstOf([Path.Combine(file, "below"), next]).Should().Be(next);
        FluentActions.Invoking(() => CacheFolder.FirstOf([Path.Combine(file, "below")]))
            .Should().Throw<VersionException>().WithMessage("Cannot keep builds*none of*below*Set PERF_CACHE_FOLDER to a folder*");
    }

    [Fact]
    public void FirstOf_FolderOfAnotherUser_ReturnsTheNextFolder()
    {
        var theirs = Directory.CreateDirectory(Path.Combine(_folder.Path, "theirs")).FullName;
        OtherUser.GiveOrSkip(theirs);
        var next = Path.Combine(_folder.Path, "next");
        CacheFolder.FirstOf([theirs, next]).Should().Be(next);
    }

    [Fact]
    public void Defaults_UserHasDataAndCacheFolders_ListsThemBeforeTheTemporaryFolder()
    {
        using var variables = new VariableScope(("XDG_DATA_HOME", "/data"), ("XDG_CACHE_HOME", "/cache"));
        CacheFolder.Defaults().Should().Equal(
            "/data/perftests", "/cache/perftests", Path.Combine(Path.GetTempPath(), $"perftests-{Environment.UserName}"));
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", "not/from/the/root");
        CacheFolder.Defaults().Should().HaveCount(2);
    }
}
