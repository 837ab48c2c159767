using System.Runtime.InteropServices;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;

namespace PerfTests.Measurement.SystemCalls;

/// <summary>Stops one thread of a child at each of its system calls, from one mark to the next.</summary>
/// <param name="thread">The thread's number; it waits for a line.</param>
/// <param name="input">Where the line goes.</param>
internal sealed class Tracer(int thread, TextWriter input)
{
    private readonly SortedDictionary<string, long> _calls = new(StringComparer.Ordinal);
    private bool _isDisturbed;
    private Exception? _failure;

    /// <summary>Lets the thread run to the second mark.</summary>
    /// <returns>How often it called what in between; null if a signal disturbed it.</returns>
    /// <exception cref="CannotMeasureHereException">Tracing is refused here.</exception>
    public IReadOnlyDictionary<string, long>? Run()
    {
        // ptrace wants all calls from one thread.
        var tracing = new Thread(TraceAll) { IsBackground = true, Name = "counting system calls" };
        tracing.Start();
        tracing.Join();
        return _failure is not null ? throw _failure : _isDisturbed ? null : _calls;
    }

    private void TraceAll()
    {
        try
        {
            Attach();
            Trace();
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }

    private void Attach()
    {
        Required(Ptrace.Call(Ptrace.Seize, thread, 0, Ptrace.OptionMarkSystemCalls | Ptrace.OptionKillWithTracer));
        Required(Ptrace.Call(Ptrace.Interrupt, thread, 0, 0));
        Wait();
        Required(Ptrace.Call(Ptrace.ContinueToSystemCall, thread, 0, 0));
        input.WriteLine();
        input.Flush();
    }

    private void Trace()
    {
        var marks = 0;
        while (true)
        {
            var status = Wait();
            nint signal = 0;
            if (status.Signal == Ptrace.SystemCallStop)
            {
                if (!Ptrace.TryGetSystemCall(thread, out var call))
                {
                    throw new CannotMeasureHereException($"the kernel does not say which system call it is, as it does from Linux 5.3 on ({LastError})");
                }

                marks += Note(call, isCounting: marks == 1);
                if (marks == 2)
                {
                    Required(Ptrace.Call(Ptrace.Detach, thread, 0, 0));
                    return;
                }
            }
            else if (!status.IsEvent)
            {
                signal = status.Signal;
                _isDisturbed |= marks == 1;
            }

            Required(Ptrace.Call(Ptrace.ContinueToSystemCall, thread, 0, signal));
        }
    }

    /// <returns>1 for a mark.</returns>
    private int Note(Ptrace.SystemCallInfo call, bool isCounting)
    {
        if (!call.IsEntry)
        {
            return 0;
        }

        if (call.Number == SystemCallNames.Marker)
        {
            return 1;
        }

        if (isCounting)
        {
            var name = SystemCallNames.Of(call.Number);
            _calls[name] = _calls.GetValueOrDefault(name) + 1;
        }

        return 0;
    }

    private Ptrace.WaitStatus Wait() => Ptrace.Wait(thread, out var status) && status.IsStopped
        ? status
        : throw new BenchmarkFailedException("The process whose system calls were counted ended early.");

    private static void Required(nint answer)
    {
        if (answer < 0)
        {
            throw new CannotMeasureHereException($"this system does not let a process trace its child: {LastError} (a container needs --cap-add SYS_PTRACE, or a seccomp profile that allows ptrace)");
        }
    }

    private static string LastError => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
}
