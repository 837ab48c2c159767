using PerfTests.Machine;
using PerfTests.Metrics.Traces;
using Shm.Core;

namespace PerfTests.Metrics.Exact;

/// <summary>
/// A KV-cache trace in an arena that holds a third of its blocks, with least-recently-used eviction: what finds no room
/// makes the oldest go, one after the other, until it has. A full block of 512 tokens takes 1 MiB; a request's last block
/// takes what its tokens take, so sizes are as mixed as the prompts are long.
/// </summary>
internal sealed class TraceFilling : IDisposable
{
    /// <summary>Bytes of a token's keys and values.</summary>
    public const long TokenBytes = 2048;

    private const long BlockBytes = TraceRequest.TokensPerBlock * TokenBytes;
    private const int ResidentPart = 3;

    /// <summary>Fewer and a block would be a large part of the arena; more and each refusal takes long, as it looks at all.</summary>
    private const int LeastBlocks = 64, MostBlocks = 1_024;

    /// <summary>Where a long trace ends: the arena was filled anew many times by then.</summary>
    private const long MostRefusals = 20_000;

    /// <summary>Resources of the largest arena.</summary>
    internal static RowNeeds Needs { get; } = ScenarioNeeds.SparseArena(MostBlocks * BlockBytes, 4L << 20);

    private readonly FilledArena _arena;
    private readonly LinkedList<(int HashId, ShmBlock Block)> _byAge = [];
    private readonly Dictionary<int, LinkedListNode<(int HashId, ShmBlock Block)>> _resident = [];
    private double _leastUtilisation = 1;
    private long _refusals;

    private TraceFilling(int blocks) => _arena = new FilledArena(blocks * BlockBytes);

    /// <summary>Replays a trace once.</summary>
    /// <param name="path">The trace.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static TraceUtilisation Replay(string path)
    {
        var requests = TraceFile.Read(path);
        var distinct = requests.SelectMany(request => request.HashIds).Distinct().Count();
        using var filling = new TraceFilling(Math.Clamp(distinct / ResidentPart, LeastBlocks, MostBlocks));
        foreach (var request in requests.TakeWhile(_ => filling._refusals < MostRefusals))
        {
            filling.Serve(request);
        }

        var refusals = filling._refusals;
        for (var left = filling._byAge.Count / 2; left > 0; left--)
        {
            filling.EvictOldest();
        }

        return new TraceUtilisation(refusals == 0 ? filling._arena.Utilisation : filling._leastUtilisation, refusals, filling._arena.UnusableBy(2 * BlockBytes));
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
            _leastUtilisation = Math.Min(_leastUtilisation, _arena.Utilisation);
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

/// <summary>What a trace leaves of an arena. The shares are from 0 to 1.</summary>
/// <param name="LeastUtilisation">The least of requested bytes by capacity when a request found no room; where none did, that at the end.</param>
/// <param name="Refusals">How often a request found no room.</param>
/// <param name="Unusable">With the older half of the resident blocks freed at the end: the share of the free memory that cannot serve two blocks in one.</param>
internal sealed record TraceUtilisation(double LeastUtilisation, long Refusals, double Unusable);
