using PerfTests.Files;
using PerfTests.KillTest.Sharing;
using PerfTests.KillTest.Workers;

namespace PerfTests.KillTest.Driving;

/// <summary>
/// An arena, an auditor and four workers. Each round kills or stops one worker, lets the survivors work, checks the arena,
/// and replaces a killed worker.
/// </summary>
internal sealed class KillSession : IDisposable
{
    /// <summary>Bytes of shared memory that a session needs, for the capacity of its arena and for metadata.</summary>
    internal const long SharedMemoryBytes = Worker.CapacityBytes + (4L << 20);

    private static readonly TimeSpan s_defaultPatience = TimeSpan.FromSeconds(30);
    private static int s_sessions;

    private readonly TemporaryFolder _folder = new();
    private readonly ControlMemory _control;
    private readonly ForkServerProcess _forkServer;
    private readonly Random _random;
    private readonly int _seed;

    /// <summary>Creates the arena and starts all workers.</summary>
    /// <param name="libraries">Folder of the libraries that the processes use.</param>
    /// <param name="seed">Seed of all random choices. The exact moments of the kills still differ from run to run.</param>
    /// <param name="broken">Names of the broken orderings to follow; they need instrumented libraries.</param>
    /// <param name="patience">Maximum wait for the supply lock; null for 30 s.</param>
    internal KillSession(string libraries, int seed, string[]? broken = null, TimeSpan? patience = null)
    {
        (_seed, _random) = (seed, new Random(seed));
        ArenaName = FormattableString.Invariant($"perftests_kill_{Environment.ProcessId}_{Interlocked.Increment(ref s_sessions)}");
        var control = Path.Combine(_folder.Path, "control");
        _control = ControlMemory.Create(control);
        try
        {
            _forkServer = new ForkServerProcess(libraries, control, ArenaName, broken ?? [], patience ?? s_defaultPatience);
            Workers = new WorkerProcesses(_control, _forkServer, _random);
            Workers.StartAll();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal WorkerProcesses Workers { get; }

    internal string ArenaName { get; }

    internal ControlMemory Control => _control;

    /// <summary>Returns the number of the last command that a worker executed.</summary>
    internal unsafe int DoneBy(int worker) => Volatile.Read(ref _control.Worker(worker)->Done);

    /// <summary>Returns a worker's member token in the arena.</summary>
    internal unsafe uint MemberOf(int worker) => Volatile.Read(ref _control.Worker(worker)->Member);

    /// <summary>Returns the number of blocks that a worker has listed.</summary>
    internal unsafe int HeldBy(int worker) =>
        Enumerable.Range(0, WorkerArea.MaxBlocks).Count(index => _control.Held(worker, index)->State == BlockListing.Present);

    /// <summary>Gets the number of rounds so far.</summary>
    internal int RoundCount { get; private set; }

    /// <summary>Runs one round.</summary>
    /// <returns>False if the worker did not reach the window.</returns>
    /// <exception cref="KillTestException">The arena broke a promise; the message names the round and the promise.</exception>
    internal bool Run(KillRound round)
    {
        RoundCount++;
        try
        {
            return new RoundRunner(_control, Workers, _random, round).Run();
        }
        catch (KillTestException failure)
        {
            throw new KillTestException($"Round {RoundCount} of seed {_seed}, {round}: {failure.Message}");
        }
    }

    public void Dispose()
    {
        // Workers and the fork server are null if the fork server could not be started.
        Workers?.Dispose();
        _forkServer?.Dispose();
        _control.Dispose();
        _folder.Dispose();
        File.Delete(Path.Combine("/dev/shm", ArenaName));
    }
}
