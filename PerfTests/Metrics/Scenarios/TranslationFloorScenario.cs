using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios;

/// <summary>
/// The least that could translate an address: to load from a table by slot what is added to it, without asking whether
/// anything is there. The addresses and the loops are those of <see cref="DirectoryLookupScenario"/>.
/// </summary>
public class TranslationFloorScenario
{
    private readonly int _slotShift = BitOperations.Log2((ulong)DirectoryLookupScenario.SlotBytes);
    private readonly ulong _remoteBaseAddress = 1UL << 45;
    private long[] _differences = [];
    private ulong[] _keys = [];

    /// <summary>How many arenas the table is for.</summary>
    [Params(1, 100, 10_000)]
    public int Arenas { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _differences = new long[Arenas];
        Array.Fill(_differences, DirectoryLookupScenario.SlotBytes);
        _keys = LookupKeys.DrawInSlots(_remoteBaseAddress, DirectoryLookupScenario.SlotBytes, Arenas, ShmArenaOptions.MinCapacityBytes);
    }

    /// <summary>See <see cref="DirectoryLookupScenario.Resolve"/>.</summary>
    [Benchmark(OperationsPerInvoke = LookupKeys.MostKeys)]
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

    /// <summary>See <see cref="DirectoryLookupScenario.ResolveMany"/>.</summary>
    [Benchmark(OperationsPerInvoke = LookupKeys.MostKeys)]
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
