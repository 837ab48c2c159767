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
    /// <summary>
    /// Time after which a process is killed. The longest count, twelve of 200,000 instructions at 70 µs each, takes three minutes.
    /// A process that takes longer waits for ever, and the run would keep other runs waiting.
    /// </summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(10);

    /// <summary>Time in which a process that has no more input removes its segments and exits.</summary>
    private static readonly TimeSpan s_exitLimit = TimeSpan.FromSeconds(10);

    private readonly TracedWork _work;
    private readonly TimeSpan _timeLimit;
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Timer _watchdog;
    private volatile bool _isOverdue;

    /// <summary>Starts the process, and waits until it has set up and warmed up its benchmarks.</summary>
    /// <param name="work">Benchmarks to run.</param>
    /// <param name="timeLimit">Time after which the process is killed.</param>
    /// <param name="environment">Environment variables of the process.</param>
    /// <exception cref="CannotMeasureHereException">The machine lacks a resource that a benchmark needs.</exception>
    /// <exception cref="UnusableLibrariesException">The libraries of a side cannot run the benchmark.</exception>
    /// <exception cref="BenchmarkFailedException">A benchmark failed, or did not end within the time limit.</exception>
    public TracedProcess(TracedWork work, TimeSpan timeLimit, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        (_work, _timeLimit) = (work, timeLimit);
        var start = TestExecutable.StartInfo(TracedWorker.Verb);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"Cannot start {start.FileName}.");
        _errors = _process.StandardError.ReadToEndAsync();
        _watchdog = new Timer(_ => KillOverdue(), null, timeLimit, Timeout.InfiniteTimeSpan);
        try
        {
            Input.WriteLine(JsonSerializer.Serialize(work));
            Input.Flush();
            if (_process.StandardOutput.ReadLine()?.Split(' ') is not [TracedWorker.Ready, var thread, var marker, .. var operations])
            {
                throw WhyNotReady();
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
    private int Thread { get; }

    /// <summary>Gets the address of the function that makes the marker call.</summary>
    public ulong MarkerAddress { get; }

    /// <summary>Gets the number of operations in one run of each benchmark.</summary>
    public IReadOnlyList<long> Operations { get; } = [];

    /// <summary>Gets the standard input of the process.</summary>
    public TextWriter Input => _process.StandardInput;

    /// <summary>
    /// Traces the thread that runs the benchmarks, by work that runs on a thread of its own, and waits until the process has exited.
    /// </summary>
    /// <param name="name">Name of the thread that does the work.</param>
    /// <param name="work">Work that attaches to the thread.</param>
    /// <returns>Result of the work.</returns>
    /// <exception cref="CannotMeasureHereException">This system refuses ptrace.</exception>
    /// <exception cref="BenchmarkFailedException">The process failed, or did not end within the time limit.</exception>
    public T Trace<T>(string name, Func<TracedThread, T> work)
    {
        try
        {
            var result = TracedThread.RunAlone(name, Thread, work);
            _process.WaitForExit();
            return _process.ExitCode == 0
                ? result
                : throw new BenchmarkFailedException($"The traced process exited with code {_process.ExitCode}. {_errors.Result}");
        }
        catch (Exception e) when (_isOverdue)
        {
            throw Overdue(e);
        }
    }

    /// <summary>
    /// Ends the process by closing its input, so that it removes its segments; kills it if it has not exited after 10 s.
    /// </summary>
    public void Dispose()
    {
        try
        {
            Input.Dispose();
        }
        catch (IOException)
        {
            // The process exited before it read the last line.
        }

        if (!_process.WaitForExit(s_exitLimit))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        lock (_errors)
        {
            _watchdog.Dispose();
            _process.Dispose();
        }
    }

    private void KillOverdue()
    {
        lock (_errors)
        {
            try
            {
                if (!_process.HasExited)
                {
                    _isOverdue = true;
                    _process.Kill(entireProcessTree: true);
                }
            }
            catch (InvalidOperationException)
            {
                // The process is disposed, so that nothing waits for it.
            }
        }
    }

    private BenchmarkFailedException Overdue(Exception? cause = null)
    {
        var side = _work.Sides[0];
        return new BenchmarkFailedException(
            $"Counting {side.Work} was stopped, because its process did not end within "
            + $"{CountText.Of((long)Math.Ceiling(_timeLimit.TotalSeconds), "second")}. "
            + $"Likely cause: a deadlock or an endless loop in the libraries. Call {side.ScenarioTypeName}.{side.Method} in a debugger.",
            cause);
    }

    private Exception WhyNotReady()
    {
        _process.WaitForExit();
        if (_isOverdue)
        {
            return Overdue();
        }

        var errors = _errors.Result.Trim();
        foreach (var firstCode in new[] { TracedWorker.MissingApiExitCode, TracedWorker.FailedBaselineExitCode })
        {
            if (_process.ExitCode - firstCode is >= 0 and var side && side < _work.Sides.Count)
            {
                return new UnusableLibrariesException(_work.Sides[side].Side, errors, firstCode == TracedWorker.MissingApiExitCode);
            }
        }

        return _process.ExitCode == TracedWorker.ShortageExitCode
            ? new CannotMeasureHereException(errors)
            : new BenchmarkFailedException($"The traced process exited before it was ready. {errors}");
    }
}
