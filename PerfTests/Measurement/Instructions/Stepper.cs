using System.Runtime.InteropServices;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.SystemCalls;
using PerfTests.Measurement.Tracing;

namespace PerfTests.Measurement.Instructions;

/// <summary>Single-steps a thread from one marker call to the next, and counts the instructions between them.</summary>
/// <param name="thread">Thread, which waits for a line of input.</param>
/// <param name="markerAddress">Address of the function that makes the marker call.</param>
internal sealed class Stepper(TracedThread thread, ulong markerAddress)
{
    /// <summary>Number of instructions after which a count is abandoned. A step takes 25 to 70 µs.</summary>
    private const long MaxInstructions = 200_000;

    private bool _isRunning;

    /// <summary>Begins to trace the thread, on the processor that the calling thread uses: steps are then fastest.</summary>
    public void Attach(TextWriter input)
    {
        Processor.PinTogether(thread.Id);
        thread.Attach(input);
        _isRunning = true;
    }

    /// <summary>Ends the tracing; the thread runs on.</summary>
    public void Detach() => thread.Detach();

    /// <summary>Lets the thread run past the next two marker calls, and counts the instructions between them.</summary>
    /// <param name="isWanted">False to let the thread run without counting.</param>
    /// <returns>
    /// Number of executions of each instruction, by address; null if a signal disturbed the count, or if no count was wanted.
    /// </returns>
    public Dictionary<ulong, long>? CountNext(bool isWanted)
    {
        RunPastMarker();
        var counted = isWanted ? StepToMarker() : null;
        RunPastMarker();
        return counted;
    }

    /// <summary>Lets the thread run until it returns from a marker call.</summary>
    private void RunPastMarker()
    {
        if (!_isRunning)
        {
            thread.ContinueToSystemCall();
        }

        _isRunning = false;
        var isAtMarker = false;
        while (true)
        {
            var status = thread.Wait();
            var signal = 0;
            if (status.Signal == Ptrace.SystemCallStop)
            {
                var call = thread.SystemCall();
                if (!call.IsEntry && isAtMarker)
                {
                    return;
                }

                isAtMarker = call.IsEntry && call.Number == SystemCallNames.Marker;
            }
            else if (!status.IsEvent)
            {
                signal = status.Signal;
            }

            thread.ContinueToSystemCall(signal);
        }
    }

    /// <summary>Steps the thread, which has just returned from a marker call, to the next call of the marker's function.</summary>
    private Dictionary<ulong, long>? StepToMarker()
    {
        var counted = new Dictionary<ulong, long>();
        var (isDisturbed, steps, previous, signal) = (false, 0L, 0UL, 0);
        while (thread.ProgramCounter() is var address && address != markerAddress)
        {
            // A string instruction with a repeat prefix stops at the same address after each repetition. It counts once.
            if (address != previous)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counted, address, out _)++;
                previous = address;
            }

            thread.Step(signal);
            var status = thread.Wait();
            signal = status.Signal == Ptrace.StepStop || status.IsEvent ? 0 : status.Signal;
            isDisturbed |= signal != 0;
            if (++steps > MaxInstructions)
            {
                throw new BenchmarkFailedException(FormattableString.Invariant(
                    $"One invocation takes more than {MaxInstructions:N0} instructions. Count fewer operations."));
            }
        }

        return isDisturbed ? null : counted;
    }
}
