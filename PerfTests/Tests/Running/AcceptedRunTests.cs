using FluentAssertions;
using PerfTests.Machine;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Versions;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Tests runs that become the baseline, as a pipeline of the default branch starts them.</summary>
[Category("Running")]
[Trait(LinuxTests.Need, LinuxTests.Linux)]
public sealed class AcceptedRunTests : IDisposable
{
    private readonly SuiteCopy _suite = new();

    public AcceptedRunTests()
    {
        Write(".gitignore", "*");
        StartHistory("first", "second");
    }

    private string Folder => Path.GetDirectoryName(_suite.Binaries)!;

    private string Kept => Path.Combine(Folder, "kept", $"{MachineClass.Current.Id}.json");

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void Run_NoEarlierBaseline_WarnsAndTriesToPairWithTheReferenceCommit()
    {
        var output = Accept("block_address_time", reason: null);
        output.Should().Contain("warning: there is no baseline of machine class").And.Contain("every row is paired");
        _suite.Results!.Metrics.Values.Should().ContainSingle().Which.Judgement!.Message
            .Should().Contain("the last commit that changed the libraries, cannot be built", "these sources are no libraries");
        output.Should().Contain("not accepted, because they could not be judged: block_address_time")
            .And.Contain("PERF_UPDATE_REASON=REASON");
        File.Exists(Kept).Should().BeFalse("the code may have become slower since the reference commit");
    }

    [Fact]
    public void Run_NarrowedToAnotherRow_KeepsTheAcceptedRows()
    {
        Accept("block_address_time");
        var first = ResultsFile.Read(Kept).Metrics.Should().ContainSingle().Subject;
        Accept("block_size_time").Should().NotContain("warning: there is no baseline");
        var metrics = ResultsFile.Read(Kept).Metrics;
        metrics.Should().HaveCount(2);
        metrics[first.Key].Value.Should().Be(first.Value.Value);
    }

    [Fact]
    public void Run_NoVersionToPairWith_AcceptsTheFirstValueWithoutAReason()
    {
        Directory.Delete(Path.Combine(Folder, ".git"), recursive: true);
        StartHistory("first");
        Accept("block_address_time", reason: null).Should().Contain("accepted without a comparison: block_address_time");
    }

    private string Accept(string metric, string? reason = "the first value") => _suite.Run(
        SuiteCopy.RowsOf(metric),
        new Dictionary<string, string>
        {
            [Setting.UpdateBaseline.Name] = "1",
            [Setting.UpdateReason.Name] = reason ?? string.Empty,
            [Setting.KeptBaselines.Name] = Path.GetDirectoryName(Kept)!,
        }).Output;

    private void StartHistory(params string[] sources)
    {
        Git("init", "--quiet", "--initial-branch=main");
        foreach (var source in sources)
        {
            Write(Path.Combine("Shm.Core", "Source.cs"), source);
            Git("add", "--force", ".gitignore", "Shm.Core");
            Git("commit", "--quiet", "-m", source);
        }
    }

    private void Git(params string[] arguments) => TemporaryRepository.RunIn(Folder, arguments);

    private void Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
