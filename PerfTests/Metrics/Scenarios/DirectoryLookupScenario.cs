using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios;

/// <summary>
/// Finding another process's address among many arenas, and the least that could: to load from a table what is added to
/// the address, without asking whether there is anything.
/// </summary>
public class DirectoryLookupScenario : IDisposable
{
    private ArenaDirectory _directory = null!;
    private ulong[] _keys = [];
    private long[] _differences = [];
    private ulong _remoteBaseAddress;
    private int _slotShift;

    /// <summary>How many arenas there are.</summary>
    [Params(1, 100, 10_000)]
    public int Arenas { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var slotBytes = ArenaDirectory.SlotBytesFor(ShmArenaOptions.MinCapacityBytes);
        _directory = new ArenaDirectory(slotBytes, Arenas);

        // As another process's would be: somewhere else, by a multiple of the slot.
        _remoteBaseAddress = _directory.BaseAddress + (ulong)(slotBytes * Arenas);
        _slotShift = System.Numerics.BitOperations.Log2((ulong)slotBytes);
        _differences = new long[Arenas];
        for (var slot = 0; slot < Arenas; slot++)
        {
            _directory.Create(slot, new ShmArenaOptions { CapacityBytes = ShmArenaOptions.MinCapacityBytes, Reserve = false });
            _differences[slot] = (long)(_directory.BaseAddress - _remoteBaseAddress);
        }

        _keys = LookupKeys.Draw(LookupKeys.MostKeys, random =>
        {
            var arena = _directory[random.Next(Arenas)]!;
            var offset = random.NextInt64(arena.CapacityBytes - LookupKeys.RangeByteCount);
            return (ulong)arena.BaseAddress - _directory.BaseAddress + _remoteBaseAddress + (ulong)offset;
        });
    }

    /// <summary>Each address depends on the answer before: see <see cref="ArithmeticLookupScenario.Resolve"/>.</summary>
    [Benchmark(OperationsPerInvoke = LookupKeys.MostKeys)]
    public long Resolve()
    {
        var (keys, directory, remoteBaseAddress) = (_keys, _directory, _remoteBaseAddress);
        nint local = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            directory.TryResolve(remoteBaseAddress, keys[i] + ((ulong)local >> 63), LookupKeys.RangeByteCount, out local);
        }

        return local;
    }

    /// <summary>The floor, for the same addresses in the same loop.</summary>
    [Benchmark(OperationsPerInvoke = LookupKeys.MostKeys)]
    public long LoadAndAdd()
    {
        var keys = _keys;
        ref var differences = ref MemoryMarshal.GetArrayDataReference(_differences);
        nint local = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            var address = keys[i] + ((ulong)local >> 63);
            local = (nint)(address + (ulong)Unsafe.Add(ref differences, (nint)((address - _remoteBaseAddress) >> _slotShift)));
        }

        return local;
    }

    /// <summary>Many at once: no address depends on another answer.</summary>
    [Benchmark(OperationsPerInvoke = LookupKeys.MostKeys)]
    public long ResolveMany()
    {
        var (keys, directory, remoteBaseAddress) = (_keys, _directory, _remoteBaseAddress);
        nint sum = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            directory.TryResolve(remoteBaseAddress, keys[i], LookupKeys.RangeByteCount, out var local);
            sum += local;
        }

        return sum;
    }

    /// <summary>The floor of <see cref="ResolveMany"/>.</summary>
    [Benchmark(OperationsPerInvoke = LookupKeys.MostKeys)]
    public long LoadAndAddMany()
    {
        var keys = _keys;
        ref var differences = ref MemoryMarshal.GetArrayDataReference(_differences);
        nint sum = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            var address = keys[i];
            sum += (nint)(address + (ulong)Unsafe.Add(ref differences, (nint)((address - _remoteBaseAddress) >> _slotShift)));
        }

        return sum;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _directory?.Dispose();
        GC.SuppressFinalize(this);
    }
}
