using PerfTests.Machine;
using PerfTests.Metrics.Traces;
using Shm.Core;

namespace PerfTests.Metrics.Counted;

/// <summary>
/// Replays a KV-cache trace in an arena that has room for a third of the trace's blocks. If a block finds no room, the least
/// recently used blocks are evicted one after the other until it fits. A full block of 512 tokens takes 1 MiB. The last block of a
/// request takes only as much as its tokens need, so sizes are as mixed as the lengths of the prompts.
/// </summary>
internal sealed class TraceFilling : IDisposable
{
    /// <summary>Bytes that the keys and values of one token take.</summary>
    public const long TokenBytes = 2048;

    private const long BlockBytes = TraceRequest.TokensPerBlock * TokenBytes;
    private const int ResidentPart = 3;

    /// <summary>
    /// Smallest and largest capacity, in blocks. In a smaller arena one block would be a large part of the capacity. In a larger
    /// one each failed allocation would take long.
    /// </summary>
    private const int MinBlocks = 64, MaxBlocks = 1_024;

    /// <summary>
    /// Number of failed allocations after which the replay of a long trace ends. By then the arena was filled anew many times.
    /// </summary>
    private const long MaxRefusals = 20_000;

    /// <summary>Resources that the largest arena takes.</summary>
    internal static RowNeeds Needs { get; } = ScenarioNeeds.SparseArena(MaxBlocks * BlockBytes, 4L << 20);

    private readonly FilledArena _arena;
    private readonly LinkedList<(int HashId, ShmBlock Block)> _byAge = [];
    private readonly Dictionary<int, LinkedListNode<(int HashId, ShmBlock Block)>> _resident = [];
    private double _minUtilisation = 1;
    private long _refusals;

    private TraceFilling(int blocks) => _arena = new FilledArena(blocks * BlockBytes);

    /// <summary>Replays the trace, and returns the lowest utilisation among all moments at which a block found no room.</summary>
    public static (double Value, string Detail) Utilisation()
    {
        var replay = Replay(TraceFile.Locate());
        var allocations = FormattableString.Invariant($"{replay.Refusals:N0} failed {CountText.Noun(replay.Refusals, "allocation")}");
        return (replay.MinUtilisation, $"lowest of the values at {allocations}");
    }

    /// <summary>
    /// Replays the trace, frees the older half of the blocks that are resident at its end, and returns the fragmentation.
    /// </summary>
    public static (double Value, string Detail) Fragmentation() =>
        (Replay(TraceFile.Locate()).Unusable, "for requests of 2 MiB, two full blocks");

    /// <summary>Replays a trace once.</summary>
    /// <param name="path">Path of the trace.</param>
    /// <exception cref="InvalidDataException">The file is not a trace.</exception>
    public static TraceUtilisation Replay(string path)
    {
        var requests = TraceFile.Read(path);
        var distinct = requests.SelectMany(request => request.HashIds).Distinct().Count();
        using var filling = new TraceFilling(Math.Clamp(distinct / ResidentPart, MinBlocks, MaxBlocks));
        foreach (var request in requests.TakeWhile(_ => filling._refusals < MaxRefusals))
        {
            filling.Serve(request);
        }

        var refusals = filling._refusals;
        for (var left = filling._byAge.Count / 2; left > 0; left--)
        {
            filling.EvictOldest();
        }

        var utilisation = refusals == 0 ? filling._arena.Utilisation : filling._minUtilisation;
        return new TraceUtilisation(utilisation, refusals, filling._arena.UnusableBy(2 * BlockBytes));
    }

    private void Serve(TraceRequest request)
    {
        for (var index = 0; index < request.HashIds.Length; index++)
        {
            var tokens = Math.Clamp(request.InputLength - ((long)index * TraceRequest.TokensPerBlock), 1, TraceRequest.TokensPerBlock);
            Refer(request.HashIds[index], tokens * TokenBytes);
        }
    }

    private void Refer(int hashId, long byteCount)
    {
        if (_resident.TryGetValue(hashId, out var node))
        {
            _byAge.Remove(node);
            _byAge.AddLast(node);
            return;
        }

        ShmBlock block;
        while (!_arena.TryAllocate(byteCount, out block))
        {
            _refusals++;
            _minUtilisation = Math.Min(_minUtilisation, _arena.Utilisation);
            EvictOldest();
        }

        _resident.Add(hashId, _byAge.AddLast((hashId, block)));
    }

    private void EvictOldest()
    {
        var (hashId, block) = _byAge.First!.Value;
        _byAge.RemoveFirst();
        _resident.Remove(hashId);
        _arena.Free(block);
    }

    public void Dispose() => _arena.Dispose();
}

/// <summary>Utilisation and fragmentation of an arena in which a trace was replayed, as fractions from 0 to 1.</summary>
/// <param name="MinUtilisation">
/// Requested bytes divided by capacity: the lowest value at the moments when a block found no room. If every block found room, the
/// value after the older half of the blocks was freed at the end.
/// </param>
/// <param name="Refusals">Number of times that a block found no room.</param>
/// <param name="Unusable">
/// Fraction of free memory that is unusable for requests of two full blocks, after the older half of the resident blocks was freed
/// at the end.
/// </param>
internal sealed record TraceUtilisation(double MinUtilisation, long Refusals, double Unusable);
