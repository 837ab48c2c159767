using System.Diagnostics;
using FluentAssertions;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Core;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Tests that a run of the suite keeps its values if the run is interrupted or the disk is full.</summary>
[Category("Running")]
public sealed class InterruptedRunTests : IDisposable
{
    private const string Metric = "lookup_arithmetic_time";
    private const int Rows = 5;

    /// <summary>Metric whose rows take a fraction of a second each.</summary>
    private const string CountedMetric = "system_calls_per_operation";

    private readonly SuiteCopy _suite = new();

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void Kill_AfterTwoRows_KeepsValuesReportAndLocalBaseline()
    {
        using (var run = _suite.Start(SuiteCopy.RowsOf(Metric)))
        {
            AwaitRows(run, 2);
            run.Kill();
            run.WaitForExit();
        }

        var results = _suite.Results!;
        results.Metadata.IsInterrupted.Should().BeTrue();
        results.Metadata.RowsAskedFor.Should().Be(Rows);
        results.Metrics.Count.Should().BeGreaterThanOrEqualTo(2);
        Report().Should().MatchRegex($"INTERRUPTED: [2-{Rows}] of {Rows} rows");
        RunJournal.Read(RunJournal.PathBeside(_suite.ResultsPath)).Metrics.Keys.Should().Contain(results.Metrics.Keys);
        if (results.Metadata.Disturbances is null)
        {
            var kept = ResultsFile.Read(Directory.GetFiles(_suite.LocalBaselines).Should().ContainSingle().Subject);
            kept.Metrics.Should().NotBeEmpty();
            results.Metrics.Keys.Except(kept.Metrics.Keys).Count().Should().BeLessThanOrEqualTo(1, "the running row may be lost");
        }
    }

    [Fact]
    public void Kill_BeforeFirstRow_RemovesValuesOfEarlierRun()
    {
        _suite.Run(SuiteCopy.RowsOf("managed_bytes_per_operation")).ExitCode.Should().Be(0);
        var before = _suite.Results!.Timestamp;
        using (var run = _suite.Start(SuiteCopy.RowsOf(Metric)))
        {
            Await(run, () => _suite.Results is { } results
                && results.Timestamp != before
                && Report().Contains("INTERRUPTED: ", StringComparison.Ordinal));
            run.Kill();
            run.WaitForExit();
        }

        _suite.Results!.Metrics.Keys.Should().NotContain(key => key.StartsWith("managed_bytes", StringComparison.Ordinal));
        Report().Should().Contain("INTERRUPTED: ").And.NotContain("managed_bytes");
    }

    [Fact]
    public void Terminate_DuringRun_KeepsValuesAndExitsWithFailure()
    {
        using var run = _suite.Start(SuiteCopy.RowsOf(CountedMetric));
        AwaitRows(run, 1);
        Process.Start("kill", ["-TERM", $"{run.Id}"])!.WaitForExit();
        run.WaitForExit();
        run.ExitCode.Should().NotBe(0);
        _suite.Results!.Metrics.Should().NotBeEmpty();
    }

    [Fact]
    public void Run_FullDisk_PrintsValuesAndFails()
    {
        using var disk = MountedFileSystem.MountOrSkip("tmpfs", "size=8k");
        var environment = new Dictionary<string, string> { ["PERF_OUTPUT"] = Path.Combine(disk.Path, "results.json") };
        var (exitCode, output) = _suite.Run(SuiteCopy.RowsOf(CountedMetric), environment);
        exitCode.Should().NotBe(0);
        output.Should().Contain("results cannot be written: ").And.Contain($"{CountedMetric}/arena/lookup ");
        Directory.GetFiles(disk.Path, "*.tmp").Should().BeEmpty();
    }

    private void AwaitRows(Process run, int rows) =>
        Await(run, () => _suite.Results is { Metadata.RowsEnded: { } ended }
            && ended >= rows
            && Report().Contains($"INTERRUPTED: {ended} of ", StringComparison.Ordinal));

    private string Report() => File.Exists(_suite.ReportPath) ? File.ReadAllText(_suite.ReportPath) : string.Empty;

    private static void Await(Process run, Func<bool> holds)
    {
        _ = run.StandardOutput.ReadToEndAsync();
        while (!holds())
        {
            run.HasExited.Should().BeFalse("the run must not end before it is interrupted");
            Thread.Sleep(5);
        }
    }
}
