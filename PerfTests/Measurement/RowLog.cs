using PerfTests.Measurement.Benchmarks;

namespace PerfTests.Measurement;

/// <summary>
/// Records what happens while one row is checked: the steps with their times, and BenchmarkDotNet's report. BenchmarkDotNet
/// measures on a thread of its own, so all members may be called from any thread.
/// </summary>
internal sealed class RowLog
{
    private readonly Lock _lock = new();
    private readonly Stack<OpenStep> _open = new([new OpenStep(string.Empty)]);
    private BenchmarkReport? _report;

    /// <summary>BenchmarkDotNet's report of the row's first job; null until a job of the row has ended.</summary>
    public BenchmarkReport? Report => Volatile.Read(ref _report);

    /// <summary>True until a report is kept. Only the row's first report is kept, so no later report need be made.</summary>
    public bool WantsReport => Report is null;

    /// <summary>Keeps a report, unless one is kept already.</summary>
    public void Keep(BenchmarkReport? report) => Interlocked.CompareExchange(ref _report, report, null);

    /// <summary>Ends all open steps, and returns the steps since the log was created.</summary>
    public IReadOnlyList<TimedStep> End()
    {
        lock (_lock)
        {
            CloseDownTo(1);
            return _open.Peek().Steps;
        }
    }

    /// <summary>Runs work and records it as a step.</summary>
    public T Step<T>(string name, Func<T> work)
    {
        int depth;
        lock (_lock)
        {
            depth = _open.Count;
            _open.Push(new OpenStep(name));
        }

        try
        {
            return work();
        }
        finally
        {
            lock (_lock)
            {
                CloseDownTo(depth);
            }
        }
    }

    /// <summary>Begins a part of the current step, which lasts until the next part begins or the step ends.</summary>
    public void Phase(string name)
    {
        lock (_lock)
        {
            if (_open.Peek().IsPhase)
            {
                CloseDownTo(_open.Count - 1);
            }

            _open.Push(new OpenStep(name, isPhase: true));
        }
    }

    private void CloseDownTo(int depth)
    {
        while (_open.Count > depth)
        {
            var step = _open.Pop();
            _open.Peek().Steps.Add(step.Ended());
        }
    }

    private sealed class OpenStep(string name, bool isPhase = false)
    {
        private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;

        public bool IsPhase => isPhase;

        public List<TimedStep> Steps { get; } = [];

        public TimedStep Ended() => new()
        {
            Name = name,
            Start = _start,
            Stop = DateTimeOffset.UtcNow,
            Steps = Steps.Count > 0 ? Steps : null,
        };
    }
}
