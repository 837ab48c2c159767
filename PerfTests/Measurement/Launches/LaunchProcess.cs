using System.Diagnostics;
using System.Text;
using System.Text.Json;
using PerfTests.ChildProcesses;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Measurement.Launches;

/// <summary>
/// Handle to a fresh process of the test assembly. The addresses of the process's code and data are random and stay the same
/// while the process runs, so a row is measured in several fresh processes. One process can measure any number of rows.
/// </summary>
internal sealed class LaunchProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private int _requests;

    /// <summary>Starts the process.</summary>
    public LaunchProcess()
    {
        var start = TestExecutable.StartInfo(LaunchWorker.Verb);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"Cannot start {start.FileName}.");
        _process.ErrorDataReceived += (_, line) => KeepError(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Measures a plan in the process.</summary>
    /// <exception cref="UnusableLibrariesException">The libraries of a side cannot run the benchmark.</exception>
    /// <exception cref="CannotMeasureHereException">The machine lacks a resource that the benchmark needs.</exception>
    /// <exception cref="BenchmarkFailedException">The benchmark failed, or the process exited.</exception>
    public SamplingResult Measure(MeasurementPlan plan, RowLog log)
    {
        string? line;
        try
        {
            _process.StandardInput.WriteLine(LaunchMessage.Write(new LaunchMessage.Request(++_requests, plan, log.WantsReport)));
            _process.StandardInput.Flush();
            line = _process.StandardOutput.ReadLine();
        }
        catch (IOException)
        {
            line = null;
        }

        if (line is null)
        {
            _process.WaitForExit();
            throw new BenchmarkFailedException(
                $"The fresh process that measured {plan.Sides[0].ScenarioTypeName} exited with code {_process.ExitCode}. {_errors}");
        }

        var response = ReadResponse(line);
        if (response.UnusableSide is { } side)
        {
            throw new UnusableLibrariesException(side, response.Error!, response.LacksApi);
        }

        if (response.Shortage is { } shortage)
        {
            throw new CannotMeasureHereException(shortage);
        }

        log.Keep(response.Report);
        return response.Result
            ?? throw new BenchmarkFailedException($"The benchmark failed in a fresh process: {response.Error}");
    }

    private LaunchMessage.Response ReadResponse(string line)
    {
        try
        {
            var response = LaunchMessage.ReadResponse(line);
            return response.Number == _requests
                ? response
                : throw new BenchmarkFailedException($"A fresh process answered request {response.Number} instead of {_requests}.");
        }
        catch (JsonException e)
        {
            throw new BenchmarkFailedException($"A fresh process printed a line that is not a response: {line}", e);
        }
    }

    /// <summary>Ends the process by closing its input; kills it if it has not exited after 10 s.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // The process exited before it read the last request.
        }

        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void KeepError(string? line)
    {
        lock (_errors)
        {
            _errors.AppendLine(line);
        }
    }
}
