using FluentAssertions;
using PerfTests.Commands;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Core;
using PerfTests.Tests.Reporting;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Commands;

/// <summary>Tests that every verb reports an unusable path in one line.</summary>
[Category("Formats")]
[Trait(LinuxTests.Need, LinuxTests.Linux)]
public sealed class PathFaultTests : TemporaryResults
{
    private readonly VerbConsole _console = new();

    public PathFaultTests()
    {
        ResultsFile.Write(Path.Combine(Folder, "run.json"), SampleResults.Of(SampleResults.Row(Verdict.Passed, 10)));
        File.WriteAllText(Path.Combine(Folder, "damaged.json"), "{");
        Directory.CreateDirectory(Path.Combine(Folder, "folder"));
    }

    [Theory]
    [InlineData("missing.json", "compare", "missing.json", "run.json")]
    [InlineData("folder", "compare", "run.json", "folder")]
    [InlineData("damaged.json", "compare", "run.json", "damaged.json")]
    [InlineData("below", "compare", "run.json", "run.json/below")]
    [InlineData("missing.json", "report", "missing.json")]
    [InlineData("folder", "report", "folder")]
    [InlineData("run.json", "report", "run.json", "--output", "run.json")]
    [InlineData("below", "report", "run.json", "--output", "run.json/below")]
    [InlineData("missing.json", "baseline", "accept", "missing.json")]
    [InlineData("missing.jsonl", "drift", "missing.jsonl")]
    [InlineData("run.json", "drift", "history.jsonl", "--add", "run.json", "--output", "run.json")]
    [InlineData("folder", "drift", "folder")]
    [InlineData("damaged.json", "drift", "damaged.json")]
    [InlineData("missing.json", "drift", "history.jsonl", "--add", "missing.json")]
    [InlineData("folder", "trace", "folder")]
    [InlineData("below", "trace", "run.json/below")]
    [InlineData("run.json", "self-test", "--output", "run.json")]
    [InlineData("missing.json", "self-test", "--output", "folder", "--baseline", "missing.json")]
    public void Run_UnusablePath_ExitCodeIsTwoAndErrorNamesThePath(string named, params string[] arguments)
    {
        _console.Run([.. arguments.Select(Absolute)]).Should().Be(2);
        _console.Error.Trim().Should().StartWith("Cannot ").And.Contain(named).And.NotContain("\n").And.NotContain("   at ");
        Directory.GetFiles(Folder, "*.tmp", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Theory]
    [InlineData("report", "run.json", "--output", "disk")]
    [InlineData("trace", "disk/trace.jsonl")]
    public void Run_FullDisk_ExitCodeIsTwoAndErrorNamesTheReason(params string[] arguments)
    {
        using var disk = MountedFileSystem.MountOrSkip("tmpfs", "size=4k");
        AtomicFile.Write(Path.Combine(disk.Path, "full"), new string('x', 4096));
        string[] onDisk = [.. arguments.Select(argument => argument.Replace("disk", disk.Path, StringComparison.Ordinal))];
        _console.Run([.. onDisk.Select(Absolute)]).Should().Be(2);
        _console.Error.Trim().Should().Contain("No space left on device").And.NotContain("\n");
    }

    [Fact]
    public void Explain_BugOfThisProgram_ReturnsNull() =>
        InputFault.Explain("report", new InvalidOperationException("planned")).Should().BeNull();

    [Fact]
    public void Explain_ResourceMissing_ReturnsTheReason() =>
        InputFault.Explain("self-test", new CannotMeasureHereException("needs 9 MiB of /dev/shm, 1 MiB free"))
            .Should().Be("Cannot run 'self-test' on this machine: needs 9 MiB of /dev/shm, 1 MiB free.");

    [Fact]
    public void Explain_InnerException_ReturnsMessageOfInnerException() =>
        InputFault.Explain("report", new AggregateException(new UnauthorizedAccessException("Access to the path 'x' is denied.")))
            .Should().Be(
                "Cannot run 'report': Access to the path 'x' is denied. Check that the path exists and that this user has access to it.");

    private string Absolute(string argument) =>
        argument.Contains('.', StringComparison.Ordinal) || argument == "folder" ? Path.Combine(Folder, argument) : argument;
}
