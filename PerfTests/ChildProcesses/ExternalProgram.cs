using System.Diagnostics;
using System.Text;

namespace PerfTests.ChildProcesses;

/// <summary>Runs another program and waits until it exits.</summary>
internal static class ExternalProgram
{
    /// <summary>
    /// Runs a program. Returns the exit code, the standard output, and (as All) the standard output and error together.
    /// </summary>
    /// <param name="program">Name or path of the program.</param>
    /// <param name="arguments">Arguments of the program.</param>
    /// <param name="folder">Working folder of the program.</param>
    /// <param name="environment">Variables to change in the environment that the program inherits; null removes a variable.</param>
    /// <exception cref="System.ComponentModel.Win32Exception"><paramref name="program"/> cannot be started.</exception>
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
