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
    public void RequireOutput_MissingFolder_CreatesAnEmptyFolder()
    {
        var path = Path.Combine(_folder.Path, "a", "b", "results.json");
        SettingChecks.RequireOutput(path);
        Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!).Should().BeEmpty();
    }

    [Fact]
    public void RequireOutput_ExistingFile_KeepsContentOfFile()
    {
        var path = InFolder("results.json", "content");
        SettingChecks.RequireOutput(path);
        File.ReadAllText(path).Should().Be("content");
    }

    [Fact]
    public void RequireOutput_PathIsFolder_Throws()
    {
        RequireRefusal(_folder.Path, "*it is a folder*");
        RequireRefusal(Path.Combine(_folder.Path, "not there") + "/", "*it is a folder*");
    }

    [Fact]
    public void RequireOutput_ParentIsFile_Throws() =>
        RequireRefusal(Path.Combine(InFolder("file", ""), "results.json"), "*file*");

    [Fact]
    public void RequireOutput_NameTooLong_Throws() => RequireRefusal(Path.Combine(_folder.Path, new string('x', 250)), "*too long*");

    [Fact]
    public void RequireOutput_ReadOnlyFolder_Throws()
    {
        using var mounted = MountedFileSystem.MountOrSkip("tmpfs", "ro");
        RequireRefusal(Path.Combine(mounted.Path, "results.json"), "*ead-only*");
        RequireRefusal(Path.Combine(mounted.Path, "new", "results.json"), "*ead-only*");
    }

    [Fact]
    public void RequireOutput_FileNameWithoutFolder_FileIsInProjectFolder()
    {
        using var variables = new VariableScope(("PERF_OUTPUT", "results.json"));
        RunContext.ResultsPath.Should().Be(Path.Combine(ProjectRoot.Path, "results.json"));
        SettingChecks.RequireOutput(RunContext.ResultsPath);
    }

    [Fact]
    public void RequireAll_MissingBaseline_ThrowsWithAnExample()
    {
        using var variables = new VariableScope(("PERF_BASELINE", "no-such"), ("PERF_LOCK_FOLDER", _folder.Path));
        RequireAllRefuses(
            "PERF_BASELINE is \"no-such\", which cannot be used: the file does not exist. "
            + "Allowed: a results or baseline file*{\"timestamp\"*");
    }

    [Fact]
    public void RequireAll_InvalidBaseline_ThrowsWithAnExample()
    {
        using var variables = new VariableScope(("PERF_BASELINE", InFolder("baseline.json", "{}")), ("PERF_LOCK_FOLDER", _folder.Path));
        RequireAllRefuses("PERF_BASELINE is \"*which cannot be used*not a results file*{\"timestamp\"*");
    }

    [Fact]
    public void ExampleOfABaseline_Read_IsValid() =>
        ResultsFile.Read(InFolder("baseline.json", SettingChecks.BaselineSample)).Metrics.Should().ContainKey("allocation_total_time");

    [Theory]
    [InlineData(null, "*the file does not exist*")]
    [InlineData("{}", "*line 1: not a request*")]
    public void RequireAll_UnusableTrace_ThrowsWithAnExampleLine(string? text, string problem)
    {
        var path = text is null ? "no-such-trace" : InFolder("trace.jsonl", text);
        using var variables = new VariableScope(("PERF_TRACE", path), ("PERF_LOCK_FOLDER", _folder.Path));
        RequireAllRefuses(
            $"PERF_TRACE is \"{path}\", which cannot be used: {problem}"
            + "Allowed: a KV-cache trace with one JSON object per line. Example of its content: {\"timestamp\"*");
    }

    [Fact]
    public void ExampleOfATrace_Read_IsValid() =>
        TraceFile.Read(InFolder("trace.jsonl", SettingChecks.TraceSample)).Should().ContainSingle();

    [Theory]
    [InlineData("PERF_CACHE_FOLDER", "PERF_CACHE_FOLDER is \"*cannot be written to*")]
    [InlineData("PERF_LOCK_FOLDER", "PERF_LOCK_FOLDER is \"*the lock file cannot be opened: it is a file. Allowed: *")]
    [InlineData("PERF_STRICT", "PERF_STRICT is \"*Allowed: 0 or 1.")]
    [InlineData("PERF_UPDATE_BASELINE", "PERF_UPDATE_BASELINE is \"*Allowed: 0 or 1.")]
    [InlineData("PERF_OUTPUTS", "There is no setting PERF_OUTPUTS. Did you mean PERF_OUTPUT?")]
    public void RequireAll_WrongValue_Throws(string name, string message)
    {
        using var variables = new VariableScope(("PERF_LOCK_FOLDER", _folder.Path), (name, InFolder("file", "")));
        RequireAllRefuses(message);
    }

    [Fact]
    public void RequireAcceptable_UncommittedChanges_ThrowsAndNamesTheRemedy()
    {
        using var repository = new TemporaryRepository();
        SettingChecks.RequireAcceptable(GitRevision.Read(repository.Git));
        repository.Write("Shm.Core/Source.cs", "changed");
        FluentActions.Invoking(() => SettingChecks.RequireAcceptable(GitRevision.Read(repository.Git)))
            .Should().Throw<SettingException>()
            .WithMessage("PERF_UPDATE_BASELINE is \"1\", but there are uncommitted changes*Commit or stash them first*clone.");
    }

    [Fact]
    public void RequireAcceptable_NoCommit_ThrowsWithMessageOfGit() =>
        FluentActions.Invoking(() => SettingChecks.RequireAcceptable(GitRevision.Read(new(_folder.Path))))
            .Should().Throw<SettingException>()
            .WithMessage("PERF_UPDATE_BASELINE is \"1\", but the baseline could not name the commit*not a git repository*clone*");

    [Fact]
    public void RequireAcceptable_PairedRun_Throws()
    {
        using var variables = new VariableScope(("PERF_BASE", "main"));
        FluentActions.Invoking(() => SettingChecks.RequireAcceptable(new GitRevision("0", IsDirty: false)))
            .Should().Throw<SettingException>()
            .WithMessage("PERF_UPDATE_BASELINE is \"1\", but PERF_BASE is \"main\"*Unset one of the two.");
    }

    [Fact]
    public void RequireMeasurable_FatalDisturbances_ThrowsAndNamesTheFirst() =>
        FluentActions.Invoking(() => SettingChecks.RequireMeasurable(
                [new("Shm.Core is instrumented: run without", IsFatal: true), new("a profiler is loaded", IsFatal: true)]))
            .Should().Throw<SettingException>()
            .WithMessage("Shm.Core is instrumented: run without. Otherwise every measured value is useless.");

    private static void RequireAllRefuses(string message) =>
        FluentActions.Invoking(SettingChecks.RequireAll).Should().Throw<Exception>().Where(e => RunGate.IsWrongUse(e)).WithMessage(message);

    private static void RequireRefusal(string path, string problem)
    {
        using var variables = new VariableScope(("PERF_OUTPUT", path));
        FluentActions.Invoking(() => SettingChecks.RequireOutput(RunContext.ResultsPath))
            .Should().Throw<SettingException>()
            .WithMessage($"PERF_OUTPUT is \"{path}\", where results cannot be written: {problem}Allowed: *");
    }

    private string InFolder(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
