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
        Git("init", "--quiet", "--initial-branch=main");
        foreach (var source in new[] { "first", "second" })
        {
            Write(Path.Combine("Shm.Core", "Source.cs"), source);
            Git("add", "--force", ".gitignore", "Shm.Core");
            Git("commit", "--quiet", "-m", source);
        }
    }

    private string Folder => Path.GetDirectoryName(_suite.Binaries)!;

    private string Kept => Path.Combine(Folder, "kept", $"{MachineClass.Current.Id}.json");

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void Run_NoEarlierBaseline_WarnsAndTriesToPairWithTheReferenceCommit()
    {
        var output = Accept("block_address_time");
        output.Should().Contain("warning: there is no baseline of machine class").And.Contain("every row is paired");
        _suite.Results!.Metrics.Values.Should().ContainSingle().Which.Judgement!.Message
            .Should().Contain("the last commit that changed the libraries, cannot be built", "these sources are no libraries");
        output.Should().Contain("accepted without a comparison: block_address_time");
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

    private string Accept(string metric) => _suite.Run(SuiteCopy.RowsOf(metric), new Dictionary<string, string>
    {
        [Setting.UpdateBaseline.Name] = "1",
        [Setting.KeptBaselines.Name] = Path.GetDirectoryName(Kept)!,
    }).Output;

    private void Git(params string[] arguments) => TemporaryRepository.RunIn(Folder, arguments);

    private void Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
