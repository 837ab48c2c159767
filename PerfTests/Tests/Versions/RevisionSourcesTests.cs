using FluentAssertions;
using PerfTests.Files;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Versions;

[Category("Measurement")]
public sealed class RevisionSourcesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("sub/")]
    [InlineData("deep/in a/repository/")]
    public void Write_ProjectInAnyFolder_WritesTheSourcesOfTheCommit(string prefix)
    {
        using var repository = new TemporaryRepository(prefix);
        repository.Write("Shm.Core/Source.cs", "uncommitted");
        RequireFirst(repository.Git, repository.First);
    }

    [Fact]
    public void Write_DetachedHead_WritesTheSourcesOfTheCommit()
    {
        using var repository = new TemporaryRepository();
        repository.Write("Shm.Core/Source.cs", "second");
        repository.Run("checkout", "--quiet", "--detach", repository.Commit());
        RequireFirst(repository.Git, repository.Git.Resolve("HEAD~1", out _)!);
    }

    [Fact]
    public void Write_Worktree_WritesTheSourcesOfTheCommit()
    {
        using var repository = new TemporaryRepository("sub/");
        var worktree = repository.Beside("worktree");
        repository.Run("worktree", "add", "--quiet", "-b", "other", worktree);
        RequireFirst(new GitRepository(Path.Combine(worktree, "sub")), repository.First);
    }

    [Fact]
    public void Write_Submodule_WritesTheSourcesOfTheCommit()
    {
        using var repository = new TemporaryRepository();
        using var above = new TemporaryRepository();
        above.Run("submodule", "--quiet", "add", repository.Top, "libraries");
        RequireFirst(new GitRepository(Path.Combine(above.Top, "libraries")), repository.First);
    }

    [Fact]
    public void Write_BareRepository_WritesTheSourcesOfTheCommit()
    {
        using var repository = new TemporaryRepository();
        var bare = repository.Beside("bare.git");
        repository.Run("clone", "--quiet", "--bare", repository.Top, bare);
        RequireFirst(new GitRepository(bare), repository.First);
    }

    [Fact]
    public void Write_AttributesAndSparseCheckout_HaveNoEffect()
    {
        using var repository = new TemporaryRepository();
        File.WriteAllText(Path.Combine(repository.Top, ".gitattributes"), "*.cs export-ignore\n*.props filter=lfs\n");
        repository.Run("config", "filter.lfs.smudge", "false");
        repository.Run("config", "filter.lfs.clean", "cat");
        repository.Run("config", "filter.lfs.required", "true");
        var commit = repository.Commit();
        repository.Run("sparse-checkout", "set", "nothing");
        RequireFirst(repository.Git, commit);
    }

    [Fact]
    public void Write_RepositoryWithHooks_RunsNoHookAndChangesNothing()
    {
        using var repository = new TemporaryRepository();
        var git = Path.Combine(repository.Top, ".git");
        repository.WriteProgram(Path.Combine(git, "hooks", "post-checkout"));
        var ran = repository.WriteProgram(Path.Combine(git, "hooks", "post-index-change"));
        repository.Run("config", "core.splitIndex", "true");
        var before = repository.OwnFiles();
        using (new VariableScope(("GIT_DIR", git), ("GIT_INDEX_FILE", Path.Combine(git, "index"))))
        {
            RequireFirst(repository.Git, repository.First);
        }

        repository.OwnFiles().Should().Equal(before);
        File.Exists(ran).Should().BeFalse("no hook is run");
    }

    [Fact]
    public void Write_CommitWithoutTheLibraries_ErrorNamesTheFolder()
    {
        using var repository = new TemporaryRepository("sub/");
        Directory.Delete(Path.Combine(repository.Project, "Shm.Core"), recursive: true);
        var commit = repository.Commit();
        using var folder = new TemporaryFolder();
        FluentActions.Invoking(() => RevisionSources.Write(repository.Git, commit, folder.Path))
            .Should().Throw<VersionException>()
            .WithMessage($"The sources of {commit[..7]} cannot be read from git*none of Shm.Core, Shm.Arena in sub/*Name a revision*");
    }

    private static void RequireFirst(GitRepository repository, string commit)
    {
        using var folder = new TemporaryFolder();
        RevisionSources.Write(repository, commit, folder.Path);
        Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.Path, file))
            .Should().BeEquivalentTo("Shm.Core/Source.cs", "Directory.Build.props");
        File.ReadAllText(Path.Combine(folder.Path, "Shm.Core", "Source.cs")).Should().Be("first");
    }
}
