using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Results;
using PerfTests.Tests.Versions;
using Xunit;

namespace PerfTests.Tests.Baselines;

/// <summary>Tests which values of the local baseline count for the code that is checked out.</summary>
[Category("Baselines")]
public sealed class LocalBaselineTests : IDisposable
{
    private static readonly MetricRow s_row = Catalogue.Row("allocation_total_time", Allocators.Arena);

    private readonly TemporaryRepository _repository = new();

    private BaselineFolder Folder => new(Path.Combine(_repository.Project, "baselines"));

    private string FilePath => Folder.Local(ResultsSample.Machine);

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Find_ValueOfAnEarlierCommit_ReturnsIt()
    {
        Write(_repository.First);
        Change();
        Find()!.Stored.Value.Should().Be(10);
        Find()!.IsLocal.Should().BeTrue();
    }

    [Fact]
    public void Find_ValueOfAnotherBranch_ReturnsNullWithTheReason()
    {
        _repository.Run("checkout", "--quiet", "-b", "topic");
        Write(Change());
        _repository.Run("checkout", "--quiet", "main");
        Find().Should().BeNull("the branch may be faster, and the unchanged code would be red");
        Load().Find(s_row, null, out var whyNot);
        whyNot.Should().Contain("commit of another branch");
    }

    [Fact]
    public void Find_ValueOfUncommittedChanges_ReturnsNull()
    {
        Write(_repository.First, isDirty: true);
        Find().Should().BeNull("the changes may have been discarded");
    }

    [Fact]
    public void Find_ValueOfACommitThatThisCloneLacks_ReturnsIt()
    {
        Write("0123456789abcdef");
        Find().Should().NotBeNull();
    }

    [Fact]
    public void Find_OldestValueOfAnotherBranch_ReturnsTheValueWithoutIt()
    {
        _repository.Run("checkout", "--quiet", "-b", "topic");
        var other = Change();
        _repository.Run("checkout", "--quiet", "main");
        Write(_repository.First, anchor: other);
        Find()!.Stored.Value.Should().Be(10);
        Find()!.Oldest.Should().BeNull();
    }

    [Fact]
    public void Find_CommittedValueOfAnotherBranch_ReturnsIt()
    {
        _repository.Run("checkout", "--quiet", "-b", "topic");
        var document = Document(Change());
        _repository.Run("checkout", "--quiet", "main");
        ResultsFile.Write(Folder.Committed(ResultsSample.Machine), document);
        Find().Should().NotBeNull("a person accepted it");
    }

    [Fact]
    public void Record_ValueOfAnotherBranch_IsNoOldestValueOfTheNewOne()
    {
        _repository.Run("checkout", "--quiet", "-b", "topic");
        Write(Change());
        _repository.Run("checkout", "--quiet", "main");
        BaselineRecorder.Record(FilePath, Document(_repository.First), _ => true, Catalogue.Has, Origin.Counts);
        ResultsFile.Read(FilePath).Metrics[s_row.Key].Anchor.Should().BeNull();
        BaselineRecorder.Record(FilePath, Document(_repository.First), _ => true, Catalogue.Has, Origin.Counts);
        ResultsFile.Read(FilePath).Metrics[s_row.Key].Anchor.Should().NotBeNull("the value that was replaced counts");
    }

    private LocalOrigin Origin => new(_repository.Git);

    private string Change()
    {
        _repository.Write("Shm.Core/Source.cs", Guid.NewGuid().ToString());
        return _repository.Commit();
    }

    private static ResultsDocument Document(string commit, bool isDirty = false, string? anchor = null)
    {
        var sample = ResultsSample.Document(ResultsSample.Row(s_row) with
        {
            Value = 10,
            Anchor = anchor is null ? null : new Anchor { Value = 5, Provenance = new Provenance { GitCommit = anchor } },
        });
        return sample with { Metadata = sample.Metadata with { GitCommit = commit, GitDirty = isDirty } };
    }

    private void Write(string commit, bool isDirty = false, string? anchor = null) =>
        ResultsFile.Write(FilePath, Document(commit, isDirty, anchor));

    private BaselineSet Load() => BaselineSet.Load(Folder, ResultsSample.Machine, null, Origin.Counts);

    private BaselineEntry? Find() => Load().Find(s_row, null, out _);
}
