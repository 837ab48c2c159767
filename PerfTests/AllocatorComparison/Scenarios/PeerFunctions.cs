using System.Runtime.InteropServices;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>A peer's two functions, loaded into this process.</summary>
/// <param name="Allocate">The address of <c>void *allocate(size_t)</c>.</param>
/// <param name="Release">The address of <c>void release(void *)</c>.</param>
internal sealed record PeerFunctions(nint Allocate, nint Release)
{
    private const string BoostOpen = "boost_open";

    /// <summary>Loads a peer's library. It stays loaded: allocators do not expect to be unloaded.</summary>
    /// <exception cref="DllNotFoundException">It is not there, or does not load.</exception>
    /// <exception cref="InvalidOperationException">Boost has not got its shared memory.</exception>
    public static unsafe PeerFunctions Load(PeerAllocator peer)
    {
        var path = peer.FindLibrary() ?? throw new DllNotFoundException($"{peer.Name} is not installed: apt-get install {peer.Package}");
        var library = NativeLibrary.Load(path);
        if (NativeLibrary.TryGetExport(library, BoostOpen, out var open) && ((delegate* unmanaged<nuint, int>)open)(unchecked((nuint)Contestant.CapacityBytes)) != 0)
        {
            throw new InvalidOperationException($"{peer.Name} has not got {Contestant.CapacityBytes} bytes of shared memory: make room in /dev/shm.");
        }

        return new PeerFunctions(NativeLibrary.GetExport(library, peer.AllocateSymbol), NativeLibrary.GetExport(library, peer.ReleaseSymbol));
    }
}
