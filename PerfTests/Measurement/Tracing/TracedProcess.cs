using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PerfTests.ChildProcesses;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;

namespace PerfTests.Measurement.Tracing;

/// <summary>Child process that runs benchmarks for a tracer. See <see cref="TracedWorker"/>.</summary>
internal sealed class TracedProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <summary>Starts the process, and waits until it has set up and warmed up its benchmarks.</summary>
    /// <param name="work">Benchmarks to run.</param>
    /// <param name="environment">Environment variables of the process.</param>
    /// <exception cref="CannotMeasureHereException">The machine lacks a resource that a benchmark needs.</exception>
    /// <exception cref="MissingApiException">The libraries of a side lack an API that the benchmark calls.</exception>
    /// <exception cref="BenchmarkFailedException">A benchmark failed.</exception>
    public TracedProcess(TracedWork work, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = TestExecutable.StartInfo(TracedWorker.Verb);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"Cannot start {start.FileName}.");
        _errors = _process.StandardError.ReadToEndAsync();
        try
        {
            Input.WriteLine(JsonSerializer.Serialize(work));
            Input.Flush();
            if (_process.StandardOutput.ReadLine()?.Split(' ') is not [TracedWorker.Ready, var thread, var marker, .. var operations])
            {
                throw WhyNotReady(work);
            }

            Thread = int.Parse(thread, CultureInfo.InvariantCulture);
            MarkerAddress = ulong.Parse(marker, CultureInfo.InvariantCulture);
            Operations = [.. operations.Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Gets the id of the thread that runs the benchmarks; it waits for a line of <see cref="Input"/>.</summary>
    public int Thread { get; }

    /// <summary>Gets the address of the function that makes the marker call.</summary>
    public ulong MarkerAddress { get; }

    /// <summary>Gets the number of operations in one run of each benchmark.</summary>
    public IReadOnlyList<long> Operations { get; } = [];

    /// <summary>Gets the standard input of the process.</summary>
    public TextWriter Input => _process.StandardInput;

    /// <summary>Waits until the process has exited.</summary>
    /// <exception cref="BenchmarkFailedException">The process failed.</exception>
    public void WaitForExit()
    {
        _process.WaitForExit();
        if (_process.ExitCode != 0)
        {
            throw new BenchmarkFailedException($"The traced process exited with code {_process.ExitCode}. {_errors.Result}");
        }
    }

    /// <summary>Kills the process if it has not exited.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private Exception WhyNotReady(TracedWork work)
    {
        _process.WaitForExit();
        var errors = _errors.Result.Trim();
        if (_process.ExitCode - TracedWorker.MissingApiExitCode is >= 0 and var side && side < work.Sides.Count)
        {
            return new MissingApiException(work.Sides[side].Side, new MissingMemberException(errors));
        }

        return _process.ExitCode == TracedWorker.ShortageExitCode
            ? new CannotMeasureHereException(errors)
            : new BenchmarkFailedException($"The traced process exited before it was ready. {errors}");
    }
}
