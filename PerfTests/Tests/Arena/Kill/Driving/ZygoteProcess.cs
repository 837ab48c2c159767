using System.Diagnostics;
using System.Globalization;
using System.Text;
using PerfTests.ChildProcesses;
using PerfTests.Tests.Arena.Kill.Workers;

namespace PerfTests.Tests.Arena.Kill.Driving;

/// <summary>The conductor's end of a <see cref="Zygote"/>.</summary>
internal sealed class ZygoteProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    internal ZygoteProcess(string libraries, string control, string arena, int broken, TimeSpan patience)
    {
        var start = TestExecutable.StartInfo(Zygote.Verb, libraries, control, arena,
            broken.ToString(CultureInfo.InvariantCulture), ((int)patience.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        foreach (var (name, value) in Zygote.Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        _process.BeginErrorReadLine();
        if (Answer() != "ready")
        {
            throw Ended();
        }
    }

    /// <summary>Starts a worker.</summary>
    /// <returns>Its process id.</returns>
    internal int Fork(int index, int seed) => Ask($"fork {index} {seed}");

    /// <summary>What a worker's process is doing; one that is dead can be asked for once.</summary>
    internal Processes.Fate FateOf(int processId) => (Processes.Fate)Ask($"fate {processId}");

    public void Dispose()
    {
        _process.StandardInput.Dispose();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private int Ask(FormattableString question)
    {
        _process.StandardInput.Write(FormattableString.Invariant(question) + "\n");
        _process.StandardInput.Flush();
        return int.TryParse(Answer(), CultureInfo.InvariantCulture, out var answer) ? answer : throw Ended();
    }

    private string? Answer() => _process.StandardOutput.ReadLine();

    private InvalidOperationException Ended()
    {
        _process.WaitForExit();
        return new InvalidOperationException($"The process that forks the workers ended with exit code {_process.ExitCode}. {_errors}");
    }
}
