using System.Diagnostics;
using System.Globalization;
using System.Text;
using PerfTests.ChildProcesses;
using PerfTests.KillTest.Workers;

namespace PerfTests.KillTest.Driving;

/// <summary>Starts a <see cref="ForkServer"/> and sends it requests.</summary>
internal sealed class ForkServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    /// <exception cref="InvalidOperationException">The fork server exited.</exception>
    internal ForkServerProcess(string libraries, string control, string arena, string[] broken, TimeSpan patience)
    {
        var start = TestExecutable.StartInfo(ForkServer.Verb, libraries, control, arena,
            string.Join(',', broken), ((int)patience.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        foreach (var (name, value) in ForkServer.Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        _process.BeginErrorReadLine();
        if (ReadAnswer() != "ready")
        {
            throw Exited();
        }
    }

    /// <summary>Starts a worker.</summary>
    /// <returns>Process id of the worker.</returns>
    internal int Fork(int index, int seed) => Request($"fork {index} {seed}");

    /// <summary>Returns the state of a worker's process. After the process has exited, its state can be read once.</summary>
    internal ChildState StateOf(int processId) => (ChildState)Request($"state {processId}");

    public void Dispose()
    {
        _process.StandardInput.Dispose();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private int Request(FormattableString request)
    {
        _process.StandardInput.Write(FormattableString.Invariant(request) + "\n");
        _process.StandardInput.Flush();
        return int.TryParse(ReadAnswer(), CultureInfo.InvariantCulture, out var answer) ? answer : throw Exited();
    }

    private string? ReadAnswer() => _process.StandardOutput.ReadLine();

    private InvalidOperationException Exited()
    {
        _process.WaitForExit();
        return new InvalidOperationException($"The fork server of the kill test exited with code {_process.ExitCode}. {_errors}");
    }
}
