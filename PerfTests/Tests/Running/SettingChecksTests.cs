using FluentAssertions;
using PerfTests.Files;
using PerfTests.Metrics.Traces;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Core;
using PerfTests.Tests.Versions;
using Xunit;

namespace PerfTests.Tests.Running;

[Category("Settings")]
public sealed class SettingChecksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RequireOutput_FolderToBeMade_IsMadeAndLeftEmpty()
    {
        var path = Path.Combine(_folder.Path, "a", "b", "results.json");
        SettingChecks.RequireOutput(path);
        Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!).Should().BeEmpty();
    }

    [Fact]
    public void RequireOutput_FileThatIsThere_IsLeftAsItIs()
    {
        var path = InFolder("results.json", "as it is");
        SettingChecks.RequireOutput(path);
        File.ReadAllText(path).Should().Be("as it is");
    }

    [Fact]
    public void RequireOutput_FolderInPlaceOfTheFile_IsRefused()
    {
        RequireRefusal(_folder.Path, "*it is a folder*");
        RequireRefusal(Path.Combine(_folder.Path, "not there") + "/", "*it is a folder*");
    }

    [Fact]
    public void RequireOutput_FileInPlaceOfTheFolder_IsRefused() =>
        RequireRefusal(Path.Combine(InFolder("file", ""), "results.json"), "*file*");

    [Fact]
    public void RequireOutput_NameTooLong_IsRefused() => RequireRefusal(Path.Combine(_folder.Path, new string('x', 250)), "*too long*");

    [Fact]
    public void RequireOutput_ReadOnlyFolder_IsRefused()
    {
        using var mounted = MountedFileSystem.MountOrSkip("tmpfs", "ro");
        RequireRefusal(Path.Combine(mounted.Path, "results.json"), "*ead-only*");
        RequireRefusal(Path.Combine(mounted.Path, "new", "results.json"), "*ead-only*");
    }

    [Fact]
    public void RequireOutput_NameWithoutFolder_LiesAtTheTopOfTheProject()
    {
        using var variables = new VariableScope(("PERF_OUTPUT", "results.json"));
        RunContext.ResultsPath.Should().Be(Path.Combine(ProjectRoot.Path, "results.json"));
        SettingChecks.RequireOutput(RunContext.ResultsPath);
    }

    [Fact]
    public void RequireAll_BaselineThatIsNotThere_IsRefusedWithASample()
    {
        using var variables = new VariableScope(("PERF_BASELINE", "no-such"), ("PERF_LOCK_FOLDER", _folder.Path));
        RequireAllRefuses(
            "PERF_BASELINE is \"no-such\", which cannot be used: there is no such file. "
            + "Allowed: a results or baseline file*{\"timestamp\"*");
    }

    [Fact]
    public void RequireAll_BaselineThatIsNone_IsRefusedWithASample()
    {
        using var variables = new VariableScope(("PERF_BASELINE", InFolder("baseline.json", "{}")), ("PERF_LOCK_FOLDER", _folder.Path));
        RequireAllRefuses("PERF_BASELINE is \"*which cannot be used*not a results file*{\"timestamp\"*");
    }

    [Fact]
    public void BaselineSample_Read_IsABaseline() =>
        ResultsFile.Read(InFolder("baseline.json", SettingChecks.BaselineSample)).Metrics.Should().ContainKey("allocation_total_time");

    [Theory]
    [InlineData(null, "*there is no such file*")]
    [InlineData("{}", "*line 1: not a request*")]
    public void RequireAll_TraceThatCannotBeUsed_IsRefusedWithASample(string? text, string problem)
    {
        var path = text is null ? "no-such-trace" : InFolder("trace.jsonl", text);
        using var variables = new VariableScope(("PERF_TRACE", path), ("PERF_LOCK_FOLDER", _folder.Path));
        RequireAllRefuses(
            $"PERF_TRACE is \"{path}\", which cannot be used: {problem}"
            + "Allowed: a KV-cache trace, one JSON object a line, such as {\"timestamp\"*");
    }

    [Fact]
    public void TraceSample_Read_IsATrace() => TraceFile.Read(InFolder("trace.jsonl", SettingChecks.TraceSample)).Should().ContainSingle();

    [Theory]
    [InlineData("PERF_CACHE_FOLDER", "PERF_CACHE_FOLDER is \"*cannot be written to*")]
    [InlineData("PERF_LOCK_FOLDER", "PERF_LOCK_FOLDER is \"*no lock can be: it is a file. Allowed: *")]
    [InlineData("PERF_STRICT", "PERF_STRICT is \"*Allowed: 0 or 1.")]
    [InlineData("PERF_UPDATE_BASELINE", "PERF_UPDATE_BASELINE is \"*Allowed: 0 or 1.")]
    [InlineData("PERF_OUTPUTS", "There is no setting PERF_OUTPUTS. Did you mean PERF_OUTPUT?")]
    public void RequireAll_WrongValue_IsRefused(string name, string message)
    {
        using var variables = new VariableScope(("PERF_LOCK_FOLDER", _folder.Path), (name, InFolder("file", "")));
        RequireAllRefuses(message);
    }

    [Fact]
    public void RequireAcceptable_UncommittedChanges_IsRefusedWithTheRemedy()
    {
        using var repository = new TemporaryRepository();
        SettingChecks.RequireAcceptable(GitRevision.Read(repository.Git));
        repository.Write("Shm.Core/Source.cs", "changed");
        FluentActions.Invoking(() => SettingChecks.RequireAcceptable(GitRevision.Read(repository.Git)))
            .Should().Throw<SettingException>()
            .WithMessage("PERF_UPDATE_BASELINE is \"1\", but there are uncommitted changes*Commit or stash them first*clone.");
    }

    [Fact]
    public void RequireAcceptable_NoCommit_RepeatsGitsSentence() =>
        FluentActions.Invoking(() => SettingChecks.RequireAcceptable(GitRevision.Read(new(_folder.Path))))
            .Should().Throw<SettingException>()
            .WithMessage("PERF_UPDATE_BASELINE is \"1\", but this run has no commit*not a git repository*clone*");

    [Fact]
    public void RequireAcceptable_PairedRun_IsRefused()
    {
        using var variables = new VariableScope(("PERF_BASE", "main"));
        FluentActions.Invoking(() => SettingChecks.RequireAcceptable(new GitRevision("0", IsDirty: false)))
            .Should().Throw<SettingException>()
            .WithMessage("PERF_UPDATE_BASELINE is \"1\", but PERF_BASE is \"main\"*Unset one of the two.");
    }

    [Fact]
    public void RequireMeasurable_FatalDisturbance_IsRefusedInOneSentence() =>
        FluentActions.Invoking(() => SettingChecks.RequireMeasurable(
                [new("Shm.Core is instrumented: run without", IsFatal: true), new("a profiler is loaded", IsFatal: true)]))
            .Should().Throw<SettingException>()
            .WithMessage("Shm.Core is instrumented: run without. No figure could be trusted.");

    private static void RequireAllRefuses(string message) =>
        FluentActions.Invoking(SettingChecks.RequireAll).Should().Throw<Exception>().Where(e => RunGate.IsWrongUse(e)).WithMessage(message);

    private static void RequireRefusal(string path, string problem)
    {
        using var variables = new VariableScope(("PERF_OUTPUT", path));
        FluentActions.Invoking(() => SettingChecks.RequireOutput(RunContext.ResultsPath))
            .Should().Throw<SettingException>()
            .WithMessage($"PERF_OUTPUT is \"{path}\", where no results can be written: {problem}Allowed: *");
    }

    private string InFolder(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
