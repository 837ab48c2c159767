using System.Runtime.InteropServices;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;

namespace PerfTests.Measurement.Tracing;

/// <summary>
/// Thread of a child process that this process stops and continues by ptrace. Only the thread that attached may call the members.
/// </summary>
/// <param name="id">Id of the thread.</param>
internal sealed class TracedThread(int id)
{
    private bool _isAttached;

    /// <summary>Gets the id of the thread.</summary>
    public int Id => id;

    /// <summary>
    /// Runs work on a thread of its own, because all ptrace calls for a traced thread must come from one thread. The work must
    /// not await. If the work throws while it is attached, the traced thread is detached and runs on: otherwise the system would kill
    /// its process, whose segments would remain.
    /// </summary>
    public static T RunAlone<T>(string name, int id, Func<TracedThread, T> work)
    {
        T result = default!;
        Exception? failure = null;
        var tracing = new Thread(() =>
        {
            var traced = new TracedThread(id);
            try
            {
                result = work(traced);
            }
            catch (Exception e)
            {
                failure = e;
                traced.Release();
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        tracing.Start();
        tracing.Join();
        return failure is not null ? throw failure : result;
    }

    /// <summary>Begins to trace the thread, which waits for a line of input, and sends that line.</summary>
    /// <exception cref="CannotMeasureHereException">This system refuses ptrace.</exception>
    public void Attach(TextWriter input)
    {
        Required(Ptrace.Call(Ptrace.Seize, id, 0, Ptrace.OptionMarkSystemCalls | Ptrace.OptionKillWithTracer));
        _isAttached = true;
        Required(Ptrace.Call(Ptrace.Interrupt, id, 0, 0));
        Wait();
        ContinueToSystemCall();
        input.WriteLine();
        input.Flush();
    }

    /// <summary>Waits until the thread stops.</summary>
    /// <exception cref="BenchmarkFailedException">The thread exited.</exception>
    public Ptrace.WaitStatus Wait() => Ptrace.Wait(id, out var status) && status.IsStopped
        ? status
        : throw new BenchmarkFailedException("The traced process exited before its operations were counted.");

    /// <summary>Lets the thread run to its next system call.</summary>
    /// <param name="signal">Signal to deliver to the thread, or 0.</param>
    public void ContinueToSystemCall(int signal = 0) => Required(Ptrace.Call(Ptrace.ContinueToSystemCall, id, 0, signal));

    /// <summary>Lets the thread run one instruction.</summary>
    /// <param name="signal">Signal to deliver to the thread, or 0.</param>
    public void Step(int signal = 0) => Required(Ptrace.Call(Ptrace.SingleStep, id, 0, signal));

    /// <summary>Ends the tracing; the thread runs on.</summary>
    public void Detach()
    {
        Required(Ptrace.Call(Ptrace.Detach, id, 0, 0));
        _isAttached = false;
    }

    /// <summary>Ends the tracing if the thread is traced and its process has not exited.</summary>
    private void Release()
    {
        // Only a stopped thread can be detached.
        if (_isAttached
            && Ptrace.Call(Ptrace.Detach, id, 0, 0) < 0
            && Ptrace.Call(Ptrace.Interrupt, id, 0, 0) >= 0
            && Ptrace.Wait(id, out var status)
            && status.IsStopped)
        {
            _ = Ptrace.Call(Ptrace.Detach, id, 0, 0);
        }
    }

    /// <summary>Gets the system call at which the thread has stopped.</summary>
    /// <exception cref="CannotMeasureHereException">Linux is older than 5.3.</exception>
    public Ptrace.SystemCallInfo SystemCall() => Ptrace.TryGetSystemCall(id, out var call)
        ? call
        : throw new CannotMeasureHereException($"ptrace(PTRACE_GET_SYSCALL_INFO) failed: {LastError} (needs Linux 5.3 or later)");

    /// <summary>Gets the address of the instruction that the thread will run next.</summary>
    /// <exception cref="CannotMeasureHereException">The registers cannot be read.</exception>
    public ulong ProgramCounter() => Ptrace.TryGetProgramCounter(id, out var address)
        ? address
        : throw new CannotMeasureHereException($"ptrace(PTRACE_GETREGSET) failed: {LastError}");

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
