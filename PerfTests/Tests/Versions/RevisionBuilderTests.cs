using FluentAssertions;
using PerfTests.Files;
using PerfTests.Tests.Core;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Versions;

[Category("Measurement")]
public sealed class RevisionBuilderTests
{
    private const string ProjectText = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
        </Project>
        """;

    [Fact]
    public void Build_ProjectInSubfolder_IsBuiltOnce()
    {
        using var repository = new TemporaryRepository("sub/");
        repository.Write("Shm.Core/Source.cs", "public static class Source;");
        repository.Write("Shm.Core/Shm.Core.csproj", ProjectText);
        var commit = repository.Commit();
        repository.Write("Shm.Core/Source.cs", "this does not compile");
        using var cache = new TemporaryFolder();

        // On a build server the inherited variables describe another build. They must not influence this build.
        using var variables = new VariableScope(("CI", "true"), ("MSBUILD_PERFTESTS", "1"));
        var progress = new List<string>();
        var version = RevisionBuilder.Build(repository.Git, commit, cache.Path, progress.Add);
        LibraryVersion.IsIn(version.Folder).Should().BeTrue();
        RevisionBuilder.Build(repository.Git, commit, cache.Path, progress.Add).Should().Be(version);
        progress.Should().Equal($"building {commit[..7]} to compare with");
        Directory.GetDirectories(cache.Path).Should().Equal([version.Folder], "temporary folders of the build are deleted");
    }

    [Fact]
    public void Build_SourcesWithoutAProject_ErrorQuotesTheBuild()
    {
        using var repository = new TemporaryRepository();
        using var cache = new TemporaryFolder();
        FluentActions.Invoking(() => RevisionBuilder.Build(repository.Git, repository.First, cache.Path, _ => { }))
            .Should().Throw<VersionException>()
            .WithMessage($"*{repository.First[..7]} cannot be built*dotnet build exited with code*MSB1003*Name a revision*");
        Directory.GetDirectories(cache.Path).Should().BeEmpty();
    }

    [Fact]
    public void Build_UnknownCommit_ErrorQuotesGit()
    {
        using var repository = new TemporaryRepository();
        using var cache = new TemporaryFolder();
        FluentActions.Invoking(() => RevisionBuilder.Build(repository.Git, new string('0', 39) + "1", cache.Path, _ => { }))
            .Should().Throw<VersionException>().WithMessage("*0000000 cannot be read from git*fatal*Name a revision*");
    }

    [Theory]
    [InlineData("nr_inodes=1", "*No space left on device*")]
    [InlineData("size=4k", "*Out of diskspace*")]
    [InlineData("ro", "*Read-only file system*")]
    public void Build_CacheFolderFullOrReadOnly_ErrorNamesFolderAndRemedy(string options, string reason)
    {
        using var repository = new TemporaryRepository();
        repository.Write("Shm.Core/Large.cs", new string(' ', 16_384));
        var commit = repository.Commit();
        using var disk = MountedFileSystem.MountOrSkip("tmpfs", options);
        FluentActions.Invoking(() => RevisionBuilder.Build(repository.Git, commit, disk.Path, _ => { }))
            .Should().Throw<VersionException>().WithMessage(reason)
            .WithMessage($"The build of {commit[..7]} cannot be kept in {disk.Path}: *Free space there, or set PERF_CACHE_FOLDER to*");
    }

    [Fact]
    public void Run_DotnetNotOnThePath_ErrorNamesTheRemedy()
    {
        using var folder = new TemporaryFolder();
        using var variables = new VariableScope(("PATH", folder.Path), ("DOTNET_HOST_PATH", null));
        FluentActions.Invoking(() => LibraryBuild.Run(folder.Path, folder.Path, "abc")).Should().Throw<VersionException>()
            .WithMessage("The libraries of abc cannot be built*dotnet cannot be started (*). Put dotnet on the PATH*");
    }

    [Fact]
    public void Run_HostPathSet_StartsThatDotnet()
    {
        using var repository = new TemporaryRepository();
        var dotnet = repository.Beside("own-dotnet");
        var ran = repository.WriteProgram(dotnet);
        using var variables = new VariableScope(("DOTNET_HOST_PATH", dotnet));
        LibraryBuild.Run(repository.Project, repository.Beside("output"), "abc");
        File.Exists(ran).Should().BeTrue();
    }

    [Fact]
    public void Trim_MoreVersionsThanCapacity_DeletesTheLeastRecentlyUsed()
    {
        using var cache = new TemporaryFolder();
        foreach (var (name, daysAgo) in new[] { ("old", 3), ("older", 9), ("new", 1) })
        {
            var folder = Directory.CreateDirectory(Path.Combine(cache.Path, name));
            File.WriteAllText(Path.Combine(folder.FullName, LibraryVersion.RequiredAssembly), string.Empty);
            Directory.SetLastAccessTimeUtc(folder.FullName, DateTime.UtcNow.AddDays(-daysAgo));
        }

        Directory.CreateDirectory(Path.Combine(cache.Path, "another run's build under way"));
        RevisionBuilder.Trim(cache.Path, maxKept: 2);
        Directory.GetDirectories(cache.Path).Select(Path.GetFileName)
            .Should().BeEquivalentTo("new", "old", "another run's build under way");
    }
}
