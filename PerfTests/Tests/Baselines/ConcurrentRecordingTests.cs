using System.Diagnostics;
using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.ChildProcesses;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Reporting;
using PerfTests.Tests.Results;
using Xunit;

namespace PerfTests.Tests.Baselines;

[Category("Baselines")]
[Trait(LinuxTests.Need, LinuxTests.Linux)]
public sealed class ConcurrentRecordingTests : TemporaryResults
{
    private string FilePath => Path.Combine(Folder, "baseline.json");

    [Fact]
    public void Record_ThreadsWithDifferentRowsAtOnce_LosesNoRow()
    {
        MetricRow[] rows = [.. Catalogue.Rows];
        Parallel.ForEach(rows, new ParallelOptions { MaxDegreeOfParallelism = 8 }, row =>
            BaselineRecorder.Record(FilePath, ResultsSample.Document(ResultsSample.Row(row)), _ => true, Catalogue.Has));
        RequireRows(rows);
    }

    [Fact]
    public void Accept_ProcessesWithDifferentRowsAtOnce_LosesNoRow()
    {
        MetricRow[] rows = [.. Catalogue.Rows.Take(4)];
        var link = Path.Combine(Folder, "link.json");
        File.CreateSymbolicLink(link, FilePath);
        Process[] processes = [.. rows.Select((row, index) => Accept(row, index % 2 == 0 ? FilePath : link))];
        foreach (var process in processes)
        {
            process.StandardError.ReadToEnd().Should().BeEmpty();
            process.WaitForExit();
            process.ExitCode.Should().Be(0);
            process.Dispose();
        }

        RequireRows(rows);
        new FileInfo(link).LinkTarget.Should().Be(FilePath);
    }

    private Process Accept(MetricRow row, string baseline)
    {
        var run = Path.Combine(Folder, $"{row.Metric.Id}-{row.Allocator}-run.json");
        ResultsFile.Write(run, ResultsSample.Document(ResultsSample.Row(row)));
        var start = TestExecutable.StartInfo("baseline", "accept", run, "--name", baseline);
        (start.RedirectStandardError, start.RedirectStandardOutput) = (true, true);
        return Process.Start(start)!;
    }

    private void RequireRows(MetricRow[] rows)
    {
        ResultsFile.Read(FilePath).Metrics.Keys.Should().BeEquivalentTo(rows.Select(row => row.Key));
        Directory.GetFiles(Folder, "*.tmp").Should().BeEmpty();
        Directory.GetFiles(Folder, "*.lock").Should().BeEmpty();
    }
}
