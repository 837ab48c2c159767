using PerfTests.Files;
using PerfTests.Tests.Arena.Kill.Sharing;
using PerfTests.Tests.Arena.Kill.Workers;

namespace PerfTests.Tests.Arena.Kill.Driving;

/// <summary>
/// An arena, an auditor and some workers, of which one after the other is killed and followed by another. After each
/// the survivors work on, and everything is checked.
/// </summary>
internal sealed class KillSession : IDisposable
{
    /// <summary>Shared memory that a session takes: its arena, which is reserved, and metadata.</summary>
    internal const long SharedMemoryBytes = Worker.CapacityBytes + (4L << 20);

    private static readonly TimeSpan s_defaultPatience = TimeSpan.FromSeconds(30);
    private static int s_sessions;

    private readonly TemporaryFolder _folder = new();
    private readonly ControlMemory _control;
    private readonly ZygoteProcess _zygote;
    private readonly Random _random;
    private readonly int _seed;

    /// <param name="libraries">The folder of the libraries' build.</param>
    /// <param name="seed">Of all that is random but when exactly what happens.</param>
    /// <param name="broken">Orderings to break, by bits.</param>
    /// <param name="patience">How long to wait for the supply lock.</param>
    internal KillSession(string libraries, int seed, int broken = 0, TimeSpan? patience = null)
    {
        (_seed, _random) = (seed, new Random(seed));
        ArenaName = FormattableString.Invariant($"perftests_kill_{Environment.ProcessId}_{Interlocked.Increment(ref s_sessions)}");
        string control = Path.Combine(_folder.Path, "control");
        _control = ControlMemory.Create(control);
        try
        {
            _zygote = new ZygoteProcess(libraries, control, ArenaName, broken, patience ?? s_defaultPatience);
            Crew = new Crew(_control, _zygote, _random);
            Crew.StartAll();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal Crew Crew { get; }

    internal string ArenaName { get; }

    internal ControlMemory Control => _control;

    /// <summary>The number of the last command that a worker carried out.</summary>
    internal unsafe int DoneBy(int worker) => Volatile.Read(ref _control.Worker(worker)->Done);

    /// <summary>A worker's token in the arena.</summary>
    internal unsafe uint MemberOf(int worker) => Volatile.Read(ref _control.Worker(worker)->Member);

    /// <summary>Blocks that a worker has listed.</summary>
    internal unsafe int HeldBy(int worker) =>
        Enumerable.Range(0, WorkerArea.MostBlocks).Count(place => _control.Held(worker, place)->State == BlockListing.There);

    /// <summary>Kills and stops so far.</summary>
    internal int RoundCount { get; private set; }

    /// <summary>One kill or stop and all that follows.</summary>
    /// <returns>False if the worker did not come to the point.</returns>
    /// <exception cref="KillTestException">The arena broke a promise; the message says which, and what happened before.</exception>
    internal bool Run(KillRound round)
    {
        RoundCount++;
        try
        {
            return new RoundRunner(_control, Crew, _random, round).Run();
        }
        catch (KillTestException failure)
        {
            throw new KillTestException($"Round {RoundCount} of seed {_seed}, {round}: {failure.Message}");
        }
    }

    public void Dispose()
    {
        // Either is missing where the zygote could not be started.
        Crew?.Dispose();
        _zygote?.Dispose();
        _control.Dispose();
        _folder.Dispose();
        File.Delete(Path.Combine("/dev/shm", ArenaName));
    }
}
