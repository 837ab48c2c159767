using FluentAssertions;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Versions;
using Xunit;

namespace PerfTests.Tests.Measurement;

[Trait("Category", "Measurement")]
public sealed class VersionTests
{
    [Theory]
    [InlineData("no-such-revision")]
    [InlineData("--help")]
    [InlineData("no/such/folder")]
    public void AnUnknownRevisionIsRefusedWithTheRemedy(string value) =>
        FluentActions.Invoking(() => VersionLocator.Find("PERF_BASE", value, _ => { }))
            .Should().Throw<VersionException>().WithMessage($"PERF_BASE is \"{value}\"*neither*Shm.Core.dll*nor a revision*fetch --unshallow*");

    [Fact]
    public void AFolderOfAssembliesIsTakenAsItIs()
    {
        var progress = new List<string>();
        var version = VersionLocator.Find("PERF_BASE", LibraryCopy.OwnFolder, progress.Add);
        version.Folder.Should().Be(LibraryCopy.OwnFolder);
        progress.Should().BeEmpty("nothing is built");
    }

    [Fact]
    public void AFolderWithoutTheLibrariesIsNoVersion()
    {
        using var folder = new TemporaryFolder();
        FluentActions.Invoking(() => VersionLocator.Find("PERF_BASE", folder.Path, _ => { })).Should().Throw<VersionException>();
        File.WriteAllText(Path.Combine(folder.Path, LibraryVersion.RequiredAssembly), string.Empty);
        VersionLocator.Find("PERF_BASE", folder.Path, _ => { }).Label.Should().Be(folder.Path);
    }

    [Fact]
    public void ACommitThatIsNotThereIsRefusedWithWhatGitSaid()
    {
        Assert.SkipWhen(Git.Ask("--version") is null, "there is no git on this machine");
        FluentActions.Invoking(() => RevisionBuilder.Build(new string('0', 39) + "1", _ => { }))
            .Should().Throw<VersionException>().WithMessage("*0000000 cannot be built*git worktree*exit code*fatal*Name a revision*");
    }

    [Fact]
    public void ACommitThatCannotBeBuiltIsRefusedWithWhatTheBuildSaid()
    {
        // A commit of nothing at all, the same object at each run; no branch has it, so git drops it in time.
        const string EmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
        var (exitCode, commit, _) = Command.Run(
            "env",
            ["GIT_AUTHOR_DATE=2000-01-01T00:00:00Z", "GIT_COMMITTER_DATE=2000-01-01T00:00:00Z", "git", "-c", "user.name=tests", "-c", "user.email=tests@localhost", "commit-tree", EmptyTree, "-m", "nothing"],
            ProjectRoot.Path);
        Assert.SkipWhen(exitCode != 0, "there is no git repository here");
        var progress = new List<string>();
        FluentActions.Invoking(() => RevisionBuilder.Build(commit.Trim(), progress.Add))
            .Should().Throw<VersionException>().WithMessage($"*{commit[..7]} cannot be built*dotnet build*exit code*MSB1009*Name a revision*");
        progress.Should().ContainSingle().Which.Should().Contain($"building {commit[..7]}");
        Git.Ask("worktree", "list").Should().NotContain(commit[..7], "the worktree is removed again");
    }

    [Fact]
    public void AProgramsExitCodeAndBothItsStreamsAreTold()
    {
        var (exitCode, output, all) = Command.Run("sh", ["-c", "echo said; echo complained >&2; exit 3"], Path.GetTempPath());
        exitCode.Should().Be(3);
        output.Should().Contain("said").And.NotContain("complained");
        all.Should().Contain("said").And.Contain("complained");
    }

    [Fact]
    public void OfTheVersionsThatAreKeptTheOneUsedLongestAgoGoesFirst()
    {
        using var cache = new TemporaryFolder();
        foreach (var (name, daysAgo) in new[] { ("old", 3), ("older", 9), ("new", 1) })
        {
            var folder = Directory.CreateDirectory(Path.Combine(cache.Path, name));
            File.WriteAllText(Path.Combine(folder.FullName, LibraryVersion.RequiredAssembly), string.Empty);
            Directory.SetLastAccessTimeUtc(folder.FullName, DateTime.UtcNow.AddDays(-daysAgo));
        }

        Directory.CreateDirectory(Path.Combine(cache.Path, "somebody's build under way"));
        RevisionBuilder.Trim(cache.Path, mostKept: 2);
        Directory.GetDirectories(cache.Path).Select(Path.GetFileName).Should().BeEquivalentTo("new", "old", "somebody's build under way");
    }
}
