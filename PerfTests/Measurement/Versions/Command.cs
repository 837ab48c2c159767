using System.Diagnostics;
using System.Text;

namespace PerfTests.Measurement.Versions;

/// <summary>Runs another program to its end.</summary>
internal static class Command
{
    /// <summary>What it exited with, and what it printed: on its standard output, and on either stream.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static (int ExitCode, string Output, string All) Run(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What MSBuild tells its children is about the build that started us, and not about the one to start.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        StringBuilder output = new(), all = new();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data, isOutput: true);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, isOutput: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return (process.ExitCode, output.ToString(), all.ToString());

        void Keep(string? line, bool isOutput)
        {
            lock (all)
            {
                all.AppendLine(line);
                if (isOutput)
                {
                    output.AppendLine(line);
                }
            }
        }
    }
}
