using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Tests.Results;
using Xunit;

namespace PerfTests.Tests.Baselines;

/// <summary>Tests the choice of the stored result that a row is compared with.</summary>
[Category("Baselines")]
public sealed class BaselineSetTests : IDisposable
{
    private static readonly MetricRow s_row = Catalogue.Row("allocation_total_time", Allocators.Arena);
    private static readonly MetricRow s_other = Catalogue.Row("allocation_throughput", Allocators.Arena);
    private static readonly MetricRow s_replay = Catalogue.Row("kv_trace_replay_throughput", Allocators.Arena);

    private readonly BaselineFolder _folder = new(Directory.CreateTempSubdirectory("perftests-").FullName);

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    [Fact]
    public void Find_NoBaselineFile_NamesTheMachineClass()
    {
        Load().Find(s_row, null, out var whyNot).Should().BeNull();
        whyNot.Should().Contain("no baseline").And.Contain(ResultsSample.Machine.Id);
    }

    [Fact]
    public void Find_CommittedAndLocalFile_PrefersTheCommitted()
    {
        Write(_folder.Local(ResultsSample.Machine), ResultsSample.Row(s_row, 20), ResultsSample.Row(s_other, 30));
        Write(_folder.Committed(ResultsSample.Machine), ResultsSample.Row(s_row, 10));
        Found(s_row).Value.Should().Be(10);
        Found(s_other).Value.Should().Be(s_other.ValueOf(30), "the local file supplies rows that the committed file lacks");
    }

    [Fact]
    public void Find_KeptAndCommittedBaseline_TheNewerResultCounts()
    {
        var folder = _folder with { KeptPath = Path.Combine(_folder.Path, "kept") };
        var earlier = ResultsSample.Document(ResultsSample.Row(s_row, 10));
        var later = ResultsSample.Document(ResultsSample.Row(s_row, 20)) with { Timestamp = earlier.Timestamp.AddDays(1) };
        ResultsFile.Write(folder.Committed(ResultsSample.Machine), earlier);
        ResultsFile.Write(folder.Kept(ResultsSample.Machine)!, later);
        Find().Should().Be(20, "an accepted regression must not be red again before its baseline is committed");
        ResultsFile.Write(folder.Committed(ResultsSample.Machine), later);
        ResultsFile.Write(folder.Kept(ResultsSample.Machine)!, earlier);
        Find().Should().Be(20, "a cache may be older than the committed file");

        double Find() => BaselineSet.Load(folder, ResultsSample.Machine, null).Find(s_row, null, out _)!.Stored.Value;
    }

    [Fact]
    public void Find_RegressionAcceptedInAMergeRequest_CountsMoreThanALaterRunBeforeTheMerge()
    {
        var folder = _folder with { KeptPath = Path.Combine(_folder.Path, "kept") };
        var accepted = ResultsSample.Document(ResultsSample.Row(s_row, 12));
        var before = new Provenance { Timestamp = accepted.Timestamp.AddDays(-30) };
        var continued = ResultsSample.Row(s_row, 10) with { Anchor = new Anchor { Value = s_row.ValueOf(10), Provenance = before } };
        ResultsFile.Write(folder.Committed(ResultsSample.Machine), accepted);
        ResultsFile.Write(
            folder.Kept(ResultsSample.Machine)!,
            ResultsSample.Document(continued) with { Timestamp = accepted.Timestamp.AddHours(1) });
        BaselineSet.Load(folder, ResultsSample.Machine, null).Find(s_row, null, out _)!.Stored.Value.Should().Be(s_row.ValueOf(12));
    }

    [Fact]
    public void Find_KeptBaseline_ComesAfterTheCommittedAndBeforeTheLocal()
    {
        var folder = _folder with { KeptPath = Path.Combine(_folder.Path, "kept") };
        Write(folder.Local(ResultsSample.Machine), ResultsSample.Row(s_row, 30), ResultsSample.Row(s_other, 30));
        Write(folder.Kept(ResultsSample.Machine)!, ResultsSample.Row(s_row, 20), ResultsSample.Row(s_other, 20));
        Write(folder.Committed(ResultsSample.Machine), ResultsSample.Row(s_row, 10));
        var set = BaselineSet.Load(folder, ResultsSample.Machine, null);
        set.Find(s_row, null, out _)!.Stored.Value.Should().Be(10);
        set.Find(s_other, null, out _)!.Stored.Value.Should().Be(s_other.ValueOf(20));
        set.RowsNotIn(new HashSet<string>(), out _).Should().Equal([s_row.Key], "rows of the kept baseline do not count");
    }

    [Fact]
    public void Commits_KeptBaseline_AreListedToo()
    {
        var folder = _folder with { KeptPath = Path.Combine(_folder.Path, "kept") };
        var document = ResultsSample.Document(ResultsSample.Row(s_row));
        ResultsFile.Write(
            Path.Combine(folder.KeptPath!, "another-class.json"),
            document with { Metadata = document.Metadata with { GitCommit = "fedcba9876", GitDirty = false } });
        folder.Commits().Should().Equal(("fedcba9876", "another-class"));
        _folder.Commits().Should().BeEmpty();
    }

    [Fact]
    public void Find_CountOfAnotherRuntimeOrProcessor_IsNotCompared()
    {
        var row = Catalogue.TheoryRow("instructions_per_operation", Allocators.Arena, "lookup");
        var current = CompilationTarget.Current;
        Write(_folder.Local(ResultsSample.Machine), ResultsSample.Instructions(10, current));
        Load().Find(row, null, out _)!.Stored.Value.Should().Be(10);
        foreach (var other in new[] { current with { Runtime = ".NET 9.9" }, current with { ProcessorFeatures = "Sse" } })
        {
            Write(_folder.Local(ResultsSample.Machine), ResultsSample.Instructions(10, other));
            Load().Find(row, null, out var whyNot).Should().BeNull();
            whyNot.Should().Contain("another runtime version or other processor features").And.Contain(other.Runtime);
        }
    }

    [Fact]
    public void Find_NamedBaseline_ReadsNoOtherFile()
    {
        Write(_folder.Committed(ResultsSample.Machine), ResultsSample.Row(s_row, 10), ResultsSample.Row(s_other, 10));
        Write(Path.Combine(_folder.Path, "nightly.json"), ResultsSample.Row(s_row, 20));
        foreach (var named in new[] { "nightly", "nightly.json", Path.Combine(_folder.Path, "nightly.json") })
        {
            Load(named).Find(s_row, null, out _)!.Stored.Value.Should().Be(20);
            Load(named).Find(s_other, null, out var whyNot).Should().BeNull();
            whyNot.Should().Contain("nightly.json").And.Contain("does not have this row");
        }
    }

    [Fact]
    public void Find_SeveralBaselinesLackTheRow_NamesThemInOneReason()
    {
        var folder = _folder with { KeptPath = Path.Combine(_folder.Path, "kept") };
        Write(folder.Committed(ResultsSample.Machine), ResultsSample.Row(s_other));
        Write(folder.Kept(ResultsSample.Machine)!, ResultsSample.Row(s_other));
        Reason().Should().MatchRegex("^the baselines [^ ,]+ and [^ ,]+ do not have this row yet$");
        Write(folder.Local(ResultsSample.Machine), ResultsSample.Row(s_other));
        Reason().Should().MatchRegex("^the baselines [^ ,]+, [^ ,]+ and [^ ,]+ do not have this row yet$");

        string Reason()
        {
            BaselineSet.Load(folder, ResultsSample.Machine, null).Find(s_row, null, out var whyNot).Should().BeNull();
            return whyNot;
        }
    }

    [Fact]
    public void Find_BaselinesWithDifferentReasons_GivesEachReasonOnce()
    {
        Write(_folder.Committed(ResultsSample.Machine), ResultsSample.Row(s_replay, workload: "small.jsonl 12345678"));
        Write(_folder.Local(ResultsSample.Machine), ResultsSample.Row(s_row));
        Load().Find(s_replay, "real.jsonl 87654321", out var whyNot).Should().BeNull();
        whyNot.Should().MatchRegex(
            @"^the baseline [^ ,]+ replayed another trace \(small[^)]+\), and the baseline [^ ,]+ does not have this row yet$");
    }

    [Fact]
    public void Load_UnknownName_ThrowsWithTheKnownNames()
    {
        Write(Path.Combine(_folder.Path, "nightly.json"), ResultsSample.Row(s_row));
        Write(Path.Combine(_folder.Path, "release.json"), ResultsSample.Row(s_row));
        FluentActions.Invoking(() => Load("weekly"))
            .Should().Throw<ResultsFileException>().WithMessage("*weekly.json*no such file*nightly, release*");
    }

    [Fact]
    public void Find_BaselineOfOtherMachineClass_FindsNothingAndSaysWhy()
    {
        var other = ResultsSample.Machine with { VirtualCpuCount = 64 };
        var document = ResultsSample.Document(ResultsSample.Row(s_row));
        ResultsFile.Write(
            Path.Combine(_folder.Path, "big.json"),
            document with { Metadata = document.Metadata with { MachineClass = other.Id, Machine = other } });
        Load("big").Find(s_row, null, out var whyNot).Should().BeNull();
        whyNot.Should().Contain(other.Id).And.Contain(ResultsSample.Machine.Id).And.Contain("never compared across machines");
    }

    [Fact]
    public void Find_BaselineOfOtherTrace_FindsNothingAndSaysWhy()
    {
        Write(_folder.Committed(ResultsSample.Machine), ResultsSample.Row(s_replay, workload: "small.jsonl 12345678"));
        Load().Find(s_replay, "small.jsonl 12345678", out _).Should().NotBeNull();
        Load().Find(s_replay, "real.jsonl 87654321", out var whyNot).Should().BeNull();
        whyNot.Should().Contain("another trace").And.Contain("small.jsonl").And.Contain("real.jsonl");
    }

    [Fact]
    public void Find_FileOfReplacedScripts_NeedsNoMachineClass()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "seed.json"), """
            { "timestamp": "2026-01-28T12:34:56", "metrics": {
              "allocation_total_time": { "name": "allocation_total_time", "value": 10220.0, "unit": "nanoseconds" },
              "allocation_total_time/arena": { "name": "allocation_total_time/arena", "value": 9.5, "unit": "nanoseconds" } },
              "metadata": { "build_dir": "build", "git_commit": "abc1234567" } }
            """);
        var entry = Load("seed").Find(Catalogue.Row("allocation_total_time", Allocators.Shm), null, out _)!;
        entry.Stored.Value.Should().Be(10220, "a bare metric name means the original allocator");
        entry.Origin.Should().Be("seed.json of 2026-01-28T12:34:56, commit abc1234");
        Load("seed").Find(s_row, null, out _)!.Stored.Value.Should().Be(9.5);
    }

    [Fact]
    public void Find_RowWithoutQualifier_FindsQualifiedKey()
    {
        var row = Catalogue.Row("lookup_linear_scan_time", Allocators.Shm, Catalogue.DefaultSegmentCount);
        Write(_folder.Committed(ResultsSample.Machine), ResultsSample.Row(row, 40) with { Name = row.QualifiedKey });
        row.Key.Should().NotBe(row.QualifiedKey);
        Found(row).Value.Should().Be(40);
    }

    [Fact]
    public void RowsNotIn_RunLacksCommittedRows_ListsThem()
    {
        Write(_folder.Committed(ResultsSample.Machine), ResultsSample.Row(s_row), ResultsSample.Row(s_other));
        Write(_folder.Local(ResultsSample.Machine), ResultsSample.Row(s_replay));
        var run = new HashSet<string> { s_row.Key };
        Load().RowsNotIn(run, out var file).Should().Equal([s_other.Key], "rows of the local baseline do not count");
        file.Should().EndWith($"{ResultsSample.Machine.Id}.json");
    }

    [Fact]
    public void Load_DamagedFile_Throws()
    {
        File.WriteAllText(_folder.Committed(ResultsSample.Machine), "{");
        FluentActions.Invoking(() => Load()).Should().Throw<ResultsFileException>();
    }

    private BaselineSet Load(string? named = null) => BaselineSet.Load(_folder, ResultsSample.Machine, named);

    private MetricResult Found(MetricRow row) => Load().Find(row, null, out _)!.Stored;

    private static void Write(string path, params MetricResult[] rows) => ResultsFile.Write(path, ResultsSample.Document(rows));
}
