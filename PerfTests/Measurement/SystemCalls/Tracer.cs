using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Tracing;

namespace PerfTests.Measurement.SystemCalls;

/// <summary>Stops one thread of a child process at each of its system calls, and counts the calls between two marker calls.</summary>
/// <param name="thread">Thread, which waits for a line of input.</param>
internal sealed class Tracer(TracedThread thread)
{
    private readonly SortedDictionary<string, long> _calls = new(StringComparer.Ordinal);

    /// <summary>Lets the thread run to the second marker call.</summary>
    /// <param name="input">Standard input of the child process.</param>
    /// <returns>Number of calls between the markers, by name; null if a signal disturbed the count.</returns>
    /// <exception cref="CannotMeasureHereException">This system refuses ptrace.</exception>
    /// <exception cref="BenchmarkFailedException">The child process exited before the second marker call.</exception>
    public IReadOnlyDictionary<string, long>? Run(TextWriter input)
    {
        thread.Attach(input);
        var (marks, isDisturbed) = (0, false);
        while (true)
        {
            var status = thread.Wait();
            var signal = 0;
            if (status.Signal == Ptrace.SystemCallStop)
            {
                marks += Note(thread.SystemCall(), isCounting: marks == 1);
                if (marks == 2)
                {
                    thread.Detach();
                    return isDisturbed ? null : _calls;
                }
            }
            else if (!status.IsEvent)
            {
                signal = status.Signal;
                isDisturbed |= marks == 1;
            }

            thread.ContinueToSystemCall(signal);
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
}
