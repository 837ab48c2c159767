using System.Diagnostics;
using FluentAssertions;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>A child that holds and churns segments ends in each of the ways a process can, and leaves none.</summary>
[Trait("Category", "Core")]
public sealed class ExitCleanupTests
{
    [Theory]
    [InlineData("return", 0)]
    [InlineData("throw", 134)]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_process_leaves_no_segment_however_it_ends(string ending, int exitCode)
    {
        Assert.SkipWhen(ending == "INT" && IsInterruptIgnored(), "this process was started with Ctrl+C ignored, and a child inherits that");
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ExitCleanupTests).Assembly.Location);
        }

        // Before Main: the test runner has its own handlers for Ctrl+C and for exceptions.
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(ExitCleanupTests).Assembly.Location;
        start.Environment[StartupHook.EndingVariable] = ending;
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

    /// <summary>As in the background of a shell: bit 1 of the mask of ignored signals is SIGINT.</summary>
    private static bool IsInterruptIgnored()
    {
        const string Field = "SigIgn:";
        string mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Field, StringComparison.Ordinal))[Field.Length..].Trim();
        return (Convert.ToUInt64(mask, 16) & 2) != 0;
    }
}
