using System.Diagnostics;
using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>A child that holds and churns segments ends in each of the ways a process can, and leaves none.</summary>
[Trait("Category", "Core")]
public sealed class ExitCleanupTests
{
    private const string EndingVariable = "SHM_TEST_ENDING";

    [Theory]
    [InlineData("return", 0)]
    [InlineData("throw", 134)]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_process_leaves_no_segment_however_it_ends(string ending, int exitCode)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ExitCleanupTests).Assembly.Location);
        }

        start.ArgumentList.Add("-explicit");
        start.ArgumentList.Add("only");
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(ExitCleanupTests).FullName}.{nameof(Child)}");
        start.Environment[EndingVariable] = ending;
        // The crash is wanted; a dump of it is not.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = "";
        while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && !line.Contains("ready", StringComparison.Ordinal))
        {
            output += line + "\n";
        }

        if (ending is "INT" or "TERM")
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            using Process kill = Process.Start("kill", [$"-{ending}", $"{child.Id}"]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        output += await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        output += await errors;
        Directory.GetFiles("/dev/shm", $"mooncake_{child.Id}_*").Should().BeEmpty(output);
        child.ExitCode.Should().Be(exitCode, output);
    }

    /// <summary>Not a test: what the child process runs.</summary>
    [Fact(Explicit = true)]
    public void Child()
    {
        string? ending = Environment.GetEnvironmentVariable(EndingVariable);
        if (ending is null)
        {
            return;
        }

        var allocator = new SegmentAllocator();
        ShmBlock[] held = [.. Enumerable.Range(0, 100).Select(_ => allocator.Allocate(4096))];
        new Thread(() =>
        {
            while (true)
            {
                allocator.Free(allocator.Allocate(4096));
            }
        })
        { IsBackground = true }.Start();
        new Thread(() =>
        {
            Console.Out.WriteLine($"ready {held.Length}");
            Console.Out.Flush();
            if (ending == "return")
            {
                Environment.Exit(0);
            }

            if (ending == "throw")
            {
                throw new InvalidOperationException("planned");
            }
        }).Start();
        Thread.Sleep(20_000);
    }
}
