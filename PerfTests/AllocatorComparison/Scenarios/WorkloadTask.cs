namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Work of each thread in one workload with one allocator.</summary>
/// <param name="kind">Workload.</param>
/// <param name="blockBytes">Size of each block, or of the largest, in bytes.</param>
/// <param name="liveBlocks">Number of live blocks of <see cref="Workload.RandomChurn"/>.</param>
internal sealed class WorkloadTask(Workload kind, int blockBytes, int liveBlocks)
{
    private const int PairsPerUnit = Worker.MaxBatchBlocks;
    private const int GroupsPerUnit = PairsPerUnit / Worker.HandOverBlocks;
    private const int ScratchBlocksPerUnit = 1_000;

    private readonly int[] _orders = RandomOrders.Of(BatchBlocksOf(kind));
    private readonly ReplacementScript? _script = ReplacementScript.Of(kind, blockBytes, liveBlocks);
    private readonly Meeting _meeting = new();

    /// <summary>Number of units that each thread has run; each thread writes its own number.</summary>
    private readonly long[] _unitsRun = new long[BlockSlots<nint>.MaxThreads];

    /// <summary>Gets the number of threads that work at the same time.</summary>
    public int Threads => kind.IsTwoThreaded() ? 2 : 1;

    /// <summary>Gets the number of blocks that are allocated in a unit, counted over all threads.</summary>
    public long OperationsPerUnit => kind switch
    {
        Workload.RemoteFrees => PairsPerUnit,
        Workload.CacheScratch => Threads * (ScratchBlocksPerUnit + 1),
        _ => Threads * (_script?.StepsPerUnit ?? PairsPerUnit),
    };

    /// <summary>Allocates the blocks that a thread holds before its first unit.</summary>
    public void Prepare(Worker worker, int thread)
    {
        if (_script is not null)
        {
            worker.Fill(thread, _script.InitialBytes);
        }
    }

    /// <summary>Frees the blocks that all threads hold after their last unit.</summary>
    public void End(Worker worker)
    {
        for (var thread = 0; _script is not null && thread < Threads; thread++)
        {
            worker.Drain(thread, _script.InitialBytes.Length);
        }
    }

    /// <summary>Does the work of one thread.</summary>
    public void Run(Worker worker, int thread, long units)
    {
        switch (kind)
        {
            case Workload.Pairs or Workload.TwoThreadsPairs:
                worker.Pairs(blockBytes, units * PairsPerUnit);
                break;
            case Workload.RandomBatches or Workload.TwoThreadsBatches:
                Batches(worker, units);
                break;
            case Workload.RemoteFrees when thread == 1:
                worker.Consume(units * GroupsPerUnit);
                break;
            case Workload.RemoteFrees:
                worker.Produce(blockBytes, units * GroupsPerUnit);
                break;
            case Workload.CacheScratch:
                Scratch(worker, thread, units);
                break;
            default:
                Replace(worker, thread, units);
                break;
        }
    }

    /// <summary>Makes the other thread stop waiting, because the calling thread has failed.</summary>
    public void Stop() => _meeting.Stop();

    private static int BatchBlocksOf(Workload kind) => kind == Workload.RandomBatches ? Worker.MaxBatchBlocks : Worker.HandOverBlocks;

    private void Batches(Worker worker, long units)
    {
        for (long unit = 0; unit < units; unit++)
        {
            var first = (int)(unit * PairsPerUnit % _orders.Length);
            worker.Batches(blockBytes, BatchBlocksOf(kind), _orders.AsSpan(first, PairsPerUnit));
        }
    }

    /// <summary>
    /// Replaces the blocks of one set. With two threads, the threads swap their sets after each unit, so each starts a unit with
    /// blocks that the other has allocated.
    /// </summary>
    private void Replace(Worker worker, int thread, long units)
    {
        var (script, count) = (_script!, _script!.Steps.Length / _script.StepsPerUnit);
        for (long unit = 0; unit < units; unit++)
        {
            var number = _unitsRun[thread]++;
            var set = Threads == 2 ? (int)((thread + number) % 2) : 0;

            // The second thread begins in the middle of the script, so that both threads do different steps at the same time.
            var first = (int)((number + (thread * count / 2)) % count) * script.StepsPerUnit;
            worker.Replace(set, script.Steps.AsSpan(first, script.StepsPerUnit));
            if (Threads == 2)
            {
                _meeting.Await(thread);
            }
        }
    }

    private void Scratch(Worker worker, int thread, long units)
    {
        for (long unit = 0; unit < units; unit++)
        {
            if (thread == 0)
            {
                // The first thread allocates the blocks of both threads one after the other, so that they may be neighbours.
                worker.Fill(0, [blockBytes]);
                worker.Fill(1, [blockBytes]);
            }

            _meeting.Await(thread);
            worker.Scratch(thread, blockBytes, ScratchBlocksPerUnit);
            _meeting.Await(thread);
        }
    }
}
