using System.Runtime.InteropServices;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>The two functions of a native allocator, loaded into this process.</summary>
/// <param name="Allocate">Address of <c>void *allocate(size_t)</c>.</param>
/// <param name="Release">Address of <c>void release(void *)</c>.</param>
internal sealed record NativeFunctions(nint Allocate, nint Release)
{
    private const string BoostOpen = "boost_open";

    /// <summary>Loads the library of an allocator. The library stays loaded, because allocators do not support unloading.</summary>
    /// <exception cref="DllNotFoundException">The library is not installed or cannot be loaded.</exception>
    /// <exception cref="InvalidOperationException">Boost.Interprocess cannot create its shared memory.</exception>
    public static unsafe NativeFunctions Load(NativeAllocator allocator)
    {
        var path = allocator.FindLibrary()
            ?? throw new DllNotFoundException($"{allocator.Name} is not installed. Install it: apt-get install {allocator.Package}");
        var library = NativeLibrary.Load(path);
        if (NativeLibrary.TryGetExport(library, BoostOpen, out var open)
            && ((delegate* unmanaged<nuint, int>)open)(unchecked((nuint)AllocatorUnderTest.CapacityBytes)) != 0)
        {
            throw new InvalidOperationException(
                $"{allocator.Name} cannot create {AllocatorUnderTest.CapacityBytes} bytes of shared memory. Free memory in /dev/shm.");
        }

        return new NativeFunctions(
            NativeLibrary.GetExport(library, allocator.AllocateSymbol), NativeLibrary.GetExport(library, allocator.ReleaseSymbol));
    }
}
