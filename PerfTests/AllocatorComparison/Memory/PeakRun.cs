using PerfTests.AllocatorComparison.Scenarios;

namespace PerfTests.AllocatorComparison.Memory;

/// <summary>Runs a script and watches the resident memory of this process.</summary>
/// <param name="allocator">Allocator of the blocks.</param>
/// <param name="script">Script of each thread.</param>
/// <param name="threads">Number of threads: 1, or 2 that swap their blocks after each unit.</param>
/// <param name="memory">Resident memory of this process.</param>
internal sealed class PeakRun(WritingAllocator allocator, ReplacementScript script, int threads, ResidentMemory memory) : IDisposable
{
    /// <summary>
    /// Largest number of units. Afterwards the memory hardly grows, and new pages for large blocks take many seconds in some
    /// allocators.
    /// </summary>
    private const int MaxUnits = 64;

    private readonly List<SecondThread> _threads = [];

    private int Units => Math.Min(MaxUnits, script.Steps.Length / script.StepsPerUnit);

    /// <summary>Gets the largest sum of the requested sizes of all live blocks, in bytes.</summary>
    public long RequestedBytes => threads * script.PeakBytes(Units * script.StepsPerUnit);

    /// <summary>Returns the largest growth of the resident memory, in bytes.</summary>
    public long Measure()
    {
        for (var thread = 0; thread < threads; thread++)
        {
            var number = thread;
            _threads.Add(new SecondThread(() =>
            {
                var worker = allocator.Open();
                worker.Reserve(number, script.InitialBytes.Length);

                // The first two blocks run the code and open the allocator, so that the growth is that of the blocks.
                worker.Fill(number, [1, 1]);
                worker.Replace(number, [new Replacement(0, 1), new Replacement(1, 1)]);
                return unit => Run(worker, number, unit);
            }));
        }

        memory.Read();
        var before = memory.Read();
        long most = 0;
        for (long unit = -1; unit < Units; unit++)
        {
            // One thread after the other: the order of all operations is the same in each run.
            foreach (var thread in _threads)
            {
                thread.Wake();
                thread.Go(unit);
                thread.Join();
            }

            most = Math.Max(most, memory.Read() - before);
        }

        return most;
    }

    public void Dispose()
    {
        foreach (var thread in _threads)
        {
            thread.Dispose();
        }
    }

    /// <summary>Runs a unit of one thread. The unit -1 fills the slots.</summary>
    private void Run(IWritingWorker worker, int thread, long unit)
    {
        if (unit < 0)
        {
            worker.Fill(thread, script.InitialBytes);
            return;
        }

        var first = (int)(unit % (script.Steps.Length / script.StepsPerUnit)) * script.StepsPerUnit;
        worker.Replace((int)((thread + unit) % threads), script.Steps.AsSpan(first, script.StepsPerUnit));
    }
}
