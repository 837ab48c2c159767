using System.Runtime.InteropServices;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>A allocator's two functions, loaded into this process.</summary>
/// <param name="Allocate">The address of <c>void *allocate(size_t)</c>.</param>
/// <param name="Release">The address of <c>void release(void *)</c>.</param>
internal sealed record NativeFunctions(nint Allocate, nint Release)
{
    private const string BoostOpen = "boost_open";

    /// <summary>Loads a allocator's library. It stays loaded: allocators do not expect to be unloaded.</summary>
    /// <exception cref="DllNotFoundException">It is not there, or does not load.</exception>
    /// <exception cref="InvalidOperationException">Boost has not got its shared memory.</exception>
    public static unsafe NativeFunctions Load(NativeAllocator allocator)
    {
        var path = allocator.FindLibrary() ?? throw new DllNotFoundException($"{allocator.Name} is not installed: apt-get install {allocator.Package}");
        var library = NativeLibrary.Load(path);
        if (NativeLibrary.TryGetExport(library, BoostOpen, out var open) && ((delegate* unmanaged<nuint, int>)open)(unchecked((nuint)AllocatorUnderTest.CapacityBytes)) != 0)
        {
            throw new InvalidOperationException($"{allocator.Name} has not got {AllocatorUnderTest.CapacityBytes} bytes of shared memory: make room in /dev/shm.");
        }

        return new NativeFunctions(NativeLibrary.GetExport(library, allocator.AllocateSymbol), NativeLibrary.GetExport(library, allocator.ReleaseSymbol));
    }
}
