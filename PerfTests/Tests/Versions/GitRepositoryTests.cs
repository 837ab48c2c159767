using FluentAssertions;
using PerfTests.Files;
using PerfTests.Running;
using PerfTests.Tests.Core;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Versions;

[Category("Measurement")]
public sealed class GitRepositoryTests
{
    [Fact]
    public void Resolve_CalledInsideAGitHook_ReadsTheRepositoryOfTheFolder()
    {
        using var own = new TemporaryRepository();
        using var caller = new TemporaryRepository();
        caller.Write("Shm.Core/Source.cs", "another commit");
        caller.Commit();
        using var variables = new VariableScope(
            ("GIT_DIR", Path.Combine(caller.Top, ".git")), ("GIT_WORK_TREE", caller.Top),
            ("GIT_INDEX_FILE", Path.Combine(caller.Top, ".git", "index")),
            ("GIT_PREFIX", "sub/"), ("GIT_CEILING_DIRECTORIES", own.Top), ("GIT_NAMESPACE", "other"), ("GIT_TRACE", "1"));
        own.Git.Resolve("HEAD", out _).Should().Be(own.First);
    }

    [Fact]
    public void Ask_GitSettingInTheEnvironment_TakesEffect()
    {
        using var repository = new TemporaryRepository();
        using var variables = new VariableScope(
            ("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "perftests.trial"), ("GIT_CONFIG_VALUE_0", "heard"));
        repository.Git.Ask("config", "perftests.trial").Should().Be("heard", "containers set safe.directory in this way");
    }

    [Fact]
    public void IsDirty_UserHasAFileSystemMonitor_DoesNotRunTheMonitor()
    {
        using var repository = new TemporaryRepository();
        var monitor = repository.Beside("monitor");
        var ran = repository.WriteProgram(monitor);
        repository.Run("config", "core.fsmonitor", monitor);
        var before = repository.OwnFiles();
        GitRevision.Read(repository.Git).IsDirty.Should().BeFalse();
        File.Exists(ran).Should().BeFalse();
        repository.OwnFiles().Should().Equal(before, "reading must not write to the repository, not even refresh the index");
    }

    [Theory]
    [InlineData("no-such-branch", "*bad revision 'no-such-branch'*")]
    [InlineData("0000000000000000000000000000000000000001", "*bad object 0000000000000000000000000000000000000001*")]
    [InlineData("--help", "*bad revision '--help'*")]
    public void Resolve_UnknownRevision_ReturnsMessageOfGit(string revision, string sentence)
    {
        using var repository = new TemporaryRepository();
        repository.Git.Resolve(revision, out var problem).Should().BeNull();
        problem.Should().Match(sentence);
    }

    [Fact]
    public void Resolve_NoRepository_ReturnsMessageOfGit()
    {
        using var folder = new TemporaryFolder();
        new GitRepository(folder.Path).Resolve("HEAD", out var problem).Should().BeNull();
        problem.Should().Contain("not a git repository");
    }

    [Fact]
    public void Resolve_RepositoryOfAnotherUser_ReturnsMessageOfGit()
    {
        using var repository = new TemporaryRepository();
        OtherUser.GiveOrSkip(repository.Top);
        repository.Git.Resolve("HEAD", out var problem).Should().BeNull();
        problem.Should().Contain("dubious ownership").And.Contain("safe.directory");
    }

    [Fact]
    public void Resolve_GitNotInstalled_MessageSaysToInstallGit()
    {
        using var repository = new TemporaryRepository();
        using var variables = new VariableScope(("PATH", repository.Top));
        repository.Git.Resolve("HEAD", out var problem).Should().BeNull();
        problem.Should().Contain("git cannot be started").And.Contain("Install git");
    }

    [Fact]
    public void DefaultBranch_OriginOrClone_IsTheDefaultBranchOfOrigin()
    {
        using var origin = new TemporaryRepository();
        origin.Git.DefaultBranch().Should().Be("main");
        var clone = origin.Beside("clone");
        origin.Run("branch", "trunk");
        origin.Run("checkout", "--quiet", "trunk");
        origin.Run("clone", "--quiet", origin.Top, clone);
        new GitRepository(clone).DefaultBranch().Should().Be("origin/trunk", "origin/HEAD names it");
        TemporaryRepository.RunIn(clone, "remote", "set-head", "origin", "--delete");
        new GitRepository(clone).DefaultBranch().Should().Be("origin/main");
    }

    [Fact]
    public void MergeBase_TwoBranches_IsTheirNewestCommonCommit()
    {
        using var repository = new TemporaryRepository();
        repository.Run("branch", "other");
        repository.Write("Shm.Core/Source.cs", "second");
        repository.Commit();
        repository.Git.MergeBase("HEAD", "other").Should().Be(repository.First);
        repository.Git.MergeBase("HEAD", "no-such-branch").Should().BeNull();
        repository.Git.CommitTime(repository.First).Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
        repository.Git.CommitTime("no-such-branch").Should().BeNull();
    }

    [Fact]
    public void CommitTime_UserLetsGitShowSignatures_IsRead()
    {
        using var repository = new TemporaryRepository();
        var signer = repository.Beside("signer");
        repository.WriteProgram(signer);
        File.WriteAllText(signer, """
            #!/bin/sh
            case "$*" in
              *--verify*) echo 'gpg: Good signature' >&2; echo '[GNUPG:] GOODSIG 1 Tester' ;;
              *)
                cat >/dev/null
                printf '\n[GNUPG:] SIG_CREATED \n' >&2
                printf -- '-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n' ;;
            esac
            """);
        repository.Run("config", "gpg.program", signer);
        repository.Run("config", "commit.gpgSign", "true");
        repository.Run("config", "log.showSignature", "true");
        var signed = repository.Commit();
        repository.Run("cat-file", "commit", signed).Should().Contain("PGP SIGNATURE");
        repository.Git.CommitTime(signed).Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData("color.ui", "always")]
    [InlineData("core.quotePath", "true")]
    [InlineData("core.abbrev", "4")]
    [InlineData("diff.external", "false")]
    [InlineData("diff.noprefix", "true")]
    [InlineData("format.pretty", "full")]
    [InlineData("log.date", "relative")]
    [InlineData("log.decorate", "full")]
    [InlineData("status.branch", "true")]
    [InlineData("status.short", "true")]
    [InlineData("status.showStash", "true")]
    [InlineData("status.showUntrackedFiles", "no")]
    public void Git_SettingOfTheUser_DoesNotChangeTheResult(string name, string value)
    {
        using var repository = new TemporaryRepository();
        repository.Run("config", name, value);
        repository.Git.Resolve("HEAD", out _).Should().Be(repository.First);
        repository.Git.DefaultBranch().Should().Be("main");
        repository.Git.CommitTime("HEAD").Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
        repository.Git.LibrariesDiffer("HEAD").Should().BeFalse();
        GitRevision.Read(repository.Git).IsDirty.Should().BeFalse();
        repository.Write("Shm.Core/Neu ä.cs", "new");
        repository.Git.LibrariesDiffer("HEAD").Should().BeTrue();
        GitRevision.Read(repository.Git).IsDirty.Should().BeTrue();
    }

    [Fact]
    public void IsShallow_CloneOfTheNewestCommit_IsTrue()
    {
        using var origin = new TemporaryRepository();
        var clone = origin.Beside("clone");
        origin.Run("clone", "--quiet", "--depth=1", $"file://{origin.Top}", clone);
        new GitRepository(clone).IsShallow.Should().BeTrue();
        origin.Git.IsShallow.Should().BeFalse();
    }

    [Theory]
    [InlineData("README.md", false)]
    [InlineData("PerfTests/Test.cs", false)]
    [InlineData("Shm.Core/Source.cs", true)]
    [InlineData("Shm.Arena/New.cs", true)]
    [InlineData("Directory.Build.props", true)]
    [InlineData("Directory.Packages.props", true)]
    [InlineData("global.json", true)]
    public void LibrariesDiffer_FileChanged_IsTrueIfLibrariesDependOnIt(string file, bool differ)
    {
        using var repository = new TemporaryRepository("sub/");
        repository.Git.LibrariesDiffer(repository.First).Should().BeFalse();
        repository.Write(file, "changed");
        repository.Git.LibrariesDiffer(repository.First).Should().Be(differ, "uncommitted and untracked files count too");
        repository.Commit();
        repository.Git.LibrariesDiffer(repository.First).Should().Be(differ, "committed");
    }

    [Theory]
    [InlineData("Shm.Core/Source.cs", true)]
    [InlineData("New.cs", true)]
    [InlineData("../other/File.cs", false)]
    [InlineData("baselines/this-machine.json", false)]
    public void IsDirty_FileChanged_IsTrueForFilesOfTheProjectExceptBaselines(string file, bool isDirty)
    {
        using var repository = new TemporaryRepository("sub/");
        repository.Write(file, "changed");
        GitRevision.Read(repository.Git).IsDirty.Should().Be(isDirty);
    }
}
