namespace PerfTests.Measurement;

/// <summary>
/// Notes what a row's time went into, for reports. Rows run one after another, but BenchmarkDotNet measures on a
/// thread of its own, so this is not bound to a thread.
/// </summary>
internal static class StepLog
{
    private static readonly Lock s_lock = new();
    private static readonly Stack<OpenStep> s_open = new();

    /// <summary>Notes everything from here on, under one step.</summary>
    public static void Start()
    {
        lock (s_lock)
        {
            s_open.Clear();
            s_open.Push(new OpenStep(string.Empty));
        }
    }

    /// <summary>Ends noting.</summary>
    /// <returns>The steps since the start.</returns>
    public static IReadOnlyList<TimedStep> Take()
    {
        lock (s_lock)
        {
            while (s_open.Count > 1)
            {
                Close();
            }

            return s_open.TryPop(out var root) ? root.Steps : [];
        }
    }

    /// <summary>A step around a piece of work.</summary>
    public static T Step<T>(string name, Func<T> work)
    {
        int depth;
        lock (s_lock)
        {
            depth = s_open.Count;
            Open(name);
        }

        try
        {
            return work();
        }
        finally
        {
            lock (s_lock)
            {
                while (depth > 0 && s_open.Count > depth)
                {
                    Close();
                }
            }
        }
    }

    /// <summary>A part of the step around it, up to the next part or the step's end.</summary>
    public static void Phase(string name)
    {
        lock (s_lock)
        {
            if (s_open.TryPeek(out var current) && current.IsPhase)
            {
                Close();
            }

            Open(name, isPhase: true);
        }
    }

    private static void Open(string name, bool isPhase = false)
    {
        // Nobody asked: a fresh process has no report to write.
        if (s_open.Count > 0)
        {
            s_open.Push(new OpenStep(name, isPhase));
        }
    }

    private static void Close()
    {
        var step = s_open.Pop();
        s_open.Peek().Steps.Add(step.Ended());
    }

    private sealed class OpenStep(string name, bool isPhase = false)
    {
        private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;

        public bool IsPhase => isPhase;

        public List<TimedStep> Steps { get; } = [];

        public TimedStep Ended() => new() { Name = name, Start = _start, Stop = DateTimeOffset.UtcNow, Steps = Steps.Count > 0 ? Steps : null };
    }
}
