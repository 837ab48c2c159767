using System.Diagnostics;
using FluentAssertions;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Tests a run that waits because another run measures in the same checkout.</summary>
[Category("Running")]
[Trait(LinuxTests.Need, LinuxTests.Linux)]
public sealed class WaitingRunTests : IDisposable
{
    private const string Metric = "arena_utilisation";

    private readonly SuiteCopy _suite = new();
    private readonly string? _folderBefore = Environment.GetEnvironmentVariable(Setting.LockFolder.Name);

    public WaitingRunTests() => Environment.SetEnvironmentVariable(Setting.LockFolder.Name, Folder);

    private string Folder => Path.GetDirectoryName(_suite.Binaries)!;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Setting.LockFolder.Name, _folderBefore);
        _suite.Dispose();
    }

    [Fact]
    public void Run_WhileAnotherRunMeasures_LeavesTheAllureResultsOfThatRun()
    {
        _suite.Run(SuiteCopy.RowsOf(Metric)).ExitCode.Should().Be(0);
        var others = AllureResults();
        others.Should().NotBeEmpty();
        using var held = RunLock.Acquire(_ => { });
        using var run = _suite.Start(SuiteCopy.RowsOf(Metric));
        AwaitLine(run, "waiting");
        AllureResults().Should().Equal(others);
        held.Dispose();
        _ = run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        run.ExitCode.Should().Be(0);
        AllureResults().Should().NotEqual(others, "the run that waited has measured now");
    }

    private static void AwaitLine(Process run, string text)
    {
        while (run.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The run ended without a line that contains \"{text}\".");
    }

    private string[] AllureResults() =>
    [
        .. Directory.GetFiles(Path.Combine(Folder, "allure-results")).Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetFileName(path)}: {File.ReadAllText(path)}"),
    ];
}
