using System.Diagnostics;
using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.Commands;
using PerfTests.Metrics.Traces;
using PerfTests.Running;
using PerfTests.Tests.Reporting;
using PerfTests.Tests.Results;
using Xunit;

namespace PerfTests.Tests.Commands;

[Category("Formats")]
[Trait(LinuxTests.Need, LinuxTests.Linux)]
public sealed class VerbTests : TemporaryResults
{
    private readonly VerbConsole _console = new();

    [Fact]
    public void Run_NoArguments_ListsTheVerbs()
    {
        _console.Run().Should().Be(0);
        _console.Output.Should().ContainAll("compare", "report", "baseline", "doctor", "self-test", "clean", "trace", "kill-test",
            "explore", "drift");
    }

    [Theory]
    [InlineData("compair", "compare")]
    [InlineData("doktor", "doctor")]
    [InlineData("baselines", "baseline")]
    [InlineData("selftest", "self-test")]
    public void Run_UnknownVerb_NamesTheMostSimilarVerb(string word, string nearest)
    {
        _console.Run(word, "--anything").Should().Be(2);
        _console.Error.Should().StartWith($"'{word}' is not a verb; the nearest is '{nearest}'.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(true, "compare", "a", "b")]
    [InlineData(true, "help")]
    [InlineData(true, "compair")]
    [InlineData(false, "-class", "X")]
    [InlineData(false, "@response")]
    [InlineData(false, ":1234")]
    [InlineData(false, "/dev/null")]
    public void Owns_ArgumentsOfVerbOrXunit_IsTrueForVerbOnly(bool isVerb, params string[] arguments) =>
        Verbs.Owns(arguments).Should().Be(isVerb);

    [Fact]
    public void Main_NoArguments_PrintsHelpAndExitCodeIsZero()
    {
        var start = TestExecutable.StartInfo();
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd().Should().Contain("kill-test");
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
    }

    [Fact]
    public void Trace_SeedAndNumberOfRequests_WritesTheGeneratedTrace()
    {
        var path = Path.Combine(Folder, "trace.jsonl");
        _console.Run("trace", path, "--seed", "-7", "--requests", "20").Should().Be(0);
        TraceFile.Read(path).Should().BeEquivalentTo(TraceGenerator.Generate(-7, 20), options => options.WithStrictOrdering());
    }

    [Theory]
    [InlineData("compare")]
    [InlineData("report")]
    [InlineData("baseline", "accept")]
    [InlineData("baseline", "list")]
    [InlineData("doctor")]
    [InlineData("self-test")]
    [InlineData("clean")]
    [InlineData("trace")]
    [InlineData("kill-test")]
    [InlineData("explore")]
    [InlineData("drift")]
    public void Help_EveryVerb_ListsExitCodesAndAnExample(params string[] verb)
    {
        _console.Run([.. verb, "--help"]).Should().Be(0);
        _console.Output.Should().MatchRegex(@"Exit codes:\s+0  ")
            .And.MatchRegex(@"Examples?:\s+dotnet run --project PerfTests -- " + string.Join(' ', verb));
    }

    [Fact]
    public void List_OneBaselineUnusable_ListsTheOtherBaselines()
    {
        File.WriteAllText(Path.Combine(Folder, "a.json"), "{");
        File.WriteAllText(
            Path.Combine(Folder, "b.json"),
            SeedJson.WithTop("\"timestamp\": \"long ago\",", ("x", "5, \"unit\": \"ns\""), ("y", "0, \"unit\": \"ns\"")));
        BaselineCommand.List(new(Folder), _console.Configuration).Should().Be(2);
        _console.Output.Should().Be("b: 1 row of long ago, commit unknown\n");
        _console.Error.Should().Contain("a.json").And.Contain("left out: y: its value is 0");
    }
}
