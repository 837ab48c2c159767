using System.Diagnostics;
using System.Text;
using System.Text.Json;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;
using PerfTests.ChildProcesses;

namespace PerfTests.Measurement.Launches;

/// <summary>
/// A fresh process of the test assembly. It draws code and data layouts of its own, and keeps them: a row is
/// measured in several such processes, and each of them may serve any number of rows.
/// </summary>
internal sealed class LaunchProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private int _questions;

    /// <summary>Starts a process.</summary>
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

    /// <summary>Measures a plan there.</summary>
    /// <exception cref="BenchmarkFailedException">The benchmark failed, or the process ended.</exception>
    public SamplingResult Measure(MeasurementPlan plan)
    {
        string? line;
        try
        {
            _process.StandardInput.WriteLine(LaunchMessage.Write(new LaunchMessage.Request(++_questions, plan, KeptReport.IsWanted)));
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
                $"The fresh process that measured {plan.Sides[0].ScenarioTypeName} ended with exit code {_process.ExitCode}. {_errors}");
        }

        var answer = ReadResponse(line);
        if (answer.SideWithoutApi is { } side)
        {
            throw new MissingApiException(side, new MissingMemberException(answer.Error));
        }

        if (answer.Lack is { } lack)
        {
            throw new CannotMeasureHereException(lack);
        }

        KeptReport.Keep(answer.Report);
        return answer.Result
            ?? throw new BenchmarkFailedException($"In a fresh process: {answer.Error}");
    }

    private LaunchMessage.Response ReadResponse(string line)
    {
        try
        {
            var answer = LaunchMessage.ReadResponse(line);
            return answer.Number == _questions
                ? answer
                : throw new BenchmarkFailedException($"A fresh process answered question {answer.Number} instead of {_questions}.");
        }
        catch (JsonException e)
        {
            throw new BenchmarkFailedException($"A fresh process printed something that is no answer: {line}", e);
        }
    }

    /// <summary>Ends the process: it stops when its input ends.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // It has ended before it read the last plan.
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
