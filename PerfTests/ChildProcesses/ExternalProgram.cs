using System.Diagnostics;
using System.Text;

namespace PerfTests.ChildProcesses;

/// <summary>Runs another program to its end.</summary>
internal static class ExternalProgram
{
    /// <summary>Runs a program and returns its exit code, its standard output, and both its streams together.</summary>
    /// <param name="program">The program's name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="environment">Variables that it gets beside this process's own; null removes one.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static (int ExitCode, string Output, string All) Run(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
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
