using System.Runtime.InteropServices;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;

namespace PerfTests.Measurement.SystemCalls;

/// <summary>Stops one thread of a child process at each of its system calls, and counts the calls between two marker calls.</summary>
/// <param name="thread">Id of the thread, which waits for a line of input.</param>
/// <param name="input">Standard input of the child process.</param>
internal sealed class Tracer(int thread, TextWriter input)
{
    private readonly SortedDictionary<string, long> _calls = new(StringComparer.Ordinal);
    private bool _isDisturbed;
    private Exception? _failure;

    /// <summary>Lets the thread run to the second marker call.</summary>
    /// <returns>Number of calls between the markers, by name; null if a signal disturbed the count.</returns>
    /// <exception cref="CannotMeasureHereException">This system refuses ptrace.</exception>
    /// <exception cref="BenchmarkFailedException">The child process exited before the second marker call.</exception>
    public IReadOnlyDictionary<string, long>? Run()
    {
        // All ptrace calls for a traced thread must come from one thread.
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
                    throw new CannotMeasureHereException($"ptrace(PTRACE_GET_SYSCALL_INFO) failed: {LastError} (needs Linux 5.3 or later)");
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

    /// <returns>1 for a marker call, else 0.</returns>
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
        : throw new BenchmarkFailedException("The traced process exited before its system calls were counted.");

    private static void Required(nint result)
    {
        if (result < 0)
        {
            throw new CannotMeasureHereException(
                $"this system does not let a process trace its child: {LastError} "
                + "(a container needs --cap-add SYS_PTRACE, or a seccomp profile that allows ptrace)");
        }
    }

    private static string LastError => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
}
