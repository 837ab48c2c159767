using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios;

/// <summary>
/// Translates addresses with the least work possible: loads the difference of a slot from a table and adds it to the address,
/// without any check. The addresses and the loops are those of <see cref="ArenaTableLookupScenario"/>.
/// </summary>
public class TranslationFloorScenario
{
    private readonly int _slotShift = BitOperations.Log2((ulong)ArenaTableLookupScenario.SlotBytes);
    private readonly ulong _remoteBaseAddress = 1UL << 45;
    private long[] _differences = [];
    private ulong[] _keys = [];

    /// <summary>Number of arenas in the table.</summary>
    [Params(1, 100, 10_000)]
    public int Arenas { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _differences = new long[Arenas];
        Array.Fill(_differences, ArenaTableLookupScenario.SlotBytes);
        _keys = LookupKeys.DrawInSlots(_remoteBaseAddress, ArenaTableLookupScenario.SlotBytes, Arenas, ShmArenaOptions.MinCapacityBytes);
    }

    /// <summary>
    /// Translates addresses, each of which depends on the previous result. See <see cref="ArenaTableLookupScenario.Resolve"/>.
    /// </summary>
    [Benchmark(OperationsPerInvoke = LookupKeys.MaxKeys)]
    public long LoadAndAdd()
    {
        var (keys, remoteBaseAddress, slotShift) = (_keys, _remoteBaseAddress, _slotShift);
        ref var differences = ref MemoryMarshal.GetArrayDataReference(_differences);
        nint local = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            var address = keys[i] + ((ulong)local >> 63);
            local = (nint)(address + (ulong)Unsafe.Add(ref differences, (nint)((address - remoteBaseAddress) >> slotShift)));
        }

        return local;
    }

    /// <summary>Translates addresses that do not depend on one another. See <see cref="ArenaTableLookupScenario.ResolveMany"/>.</summary>
    [Benchmark(OperationsPerInvoke = LookupKeys.MaxKeys)]
    public long LoadAndAddMany()
    {
        var (keys, remoteBaseAddress, slotShift) = (_keys, _remoteBaseAddress, _slotShift);
        ref var differences = ref MemoryMarshal.GetArrayDataReference(_differences);
        nint sum = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            var address = keys[i];
            sum += (nint)(address + (ulong)Unsafe.Add(ref differences, (nint)((address - remoteBaseAddress) >> slotShift)));
        }

        return sum;
    }
}
