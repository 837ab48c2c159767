using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Results;
using PerfTests.Tests.Versions;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Tests the choice of the reference commit, with which rows are paired if there is no stored baseline.</summary>
[Category("Running")]
public sealed class ReferenceCommitTests : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    private BaselineFolder Baselines => new(Path.Combine(_repository.Project, "baselines"));

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Choose_CommittedBaselines_ReturnsNewestCommitThatABaselineNames()
    {
        WriteBaseline("old", _repository.First);
        Change("second");
        var second = _repository.Commit();
        WriteBaseline("new", second);
        Change("third");
        _repository.Commit();
        Choose().Should().Be(new ReferenceCommit(second, "the newest commit that an accepted baseline names (new)"));
    }

    [Fact]
    public void Choose_BaselineOfUncommittedChanges_IgnoresTheBaseline()
    {
        WriteBaseline("dirty", _repository.First, isDirty: true);
        Change("second");
        _repository.Commit();
        Choose().Text.Should().StartWith("the parent of ");
    }

    [Fact]
    public void Choose_Branch_ReturnsMergeBaseWithDefaultBranch()
    {
        _repository.Run("checkout", "--quiet", "-b", "topic");
        Change("second");
        _repository.Commit();
        Change("third");
        _repository.Commit();
        Choose().Should().Be(new ReferenceCommit(_repository.First, "the merge base with main"));
    }

    [Fact]
    public void Choose_UncommittedChangesOnDefaultBranch_ReturnsHead()
    {
        Change("second");
        var second = _repository.Commit();
        Change("uncommitted");
        Choose().Should().Be(new ReferenceCommit(second, "the merge base with main"));
    }

    [Fact]
    public void Choose_CleanDefaultBranch_ReturnsCommitBeforeLastLibraryChange()
    {
        Change("second");
        var second = _repository.Commit();
        _repository.Write("README.md", "a change of documents must not hide an earlier slowdown");
        _repository.Commit();
        Choose().Should().Be(
            new ReferenceCommit(_repository.First, $"the parent of {second[..7]}, which is the last commit that changed the libraries"));
    }

    [Fact]
    public void Choose_BaselineOfCommitNewerThanHead_IgnoresTheBaseline()
    {
        Change("second");
        var second = _repository.Commit();
        Change("third");
        var third = _repository.Commit();
        _repository.Run("checkout", "--quiet", second);
        WriteBaseline("newer", third);
        Choose().Hash.Should().Be(_repository.First);
    }

    [Fact]
    public void Choose_OnlyOneCommit_ReturnsNoCommitAndNamesPerfBase() =>
        Choose().Should().Match<ReferenceCommit>(chosen =>
            chosen.Hash == null && chosen.Text.Contains("one commit only") && chosen.Text.Contains("PERF_BASE=REVISION or FOLDER"));

    [Fact]
    public void Choose_ShallowClone_ReturnsNoCommitAndNamesGitFetch()
    {
        Change("second");
        _repository.Commit();
        var clone = _repository.Beside("clone");
        TemporaryRepository.RunIn(_repository.Top, "clone", "--quiet", "--depth", "1", $"file://{_repository.Top}", clone);
        ReferenceCommit.Choose(new GitRepository(clone), new BaselineFolder(Path.Combine(clone, "baselines")))
            .Text.Should().Contain("shallow").And.Contain("git fetch --unshallow");
    }

    [Fact]
    public void Choose_NoRepository_ReturnsNoCommitAndMessageOfGit()
    {
        var folder = Directory.CreateDirectory(_repository.Beside("tarball")).FullName;
        ReferenceCommit.Choose(new GitRepository(folder), new BaselineFolder(folder)).Text.Should().Contain("not a git repository");
    }

    private ReferenceCommit Choose() => ReferenceCommit.Choose(_repository.Git, Baselines);

    private void Change(string text) => _repository.Write("Shm.Core/Source.cs", text);

    private void WriteBaseline(string name, string commit, bool isDirty = false)
    {
        var document = ResultsSample.Document(ResultsSample.Row(Catalogue.Row("allocation_total_time", Allocators.Arena)));
        ResultsFile.Write(
            Path.Combine(Baselines.Path, $"{name}.json"),
            document with { Metadata = document.Metadata with { GitCommit = commit, GitDirty = isDirty } });
    }
}
