using System.Runtime.InteropServices;

namespace PerfTests.AllocatorComparison;

/// <summary>Allocator that the arena is compared with; it is loaded from a native library.</summary>
/// <param name="Name">Name in tables and in the JSON.</param>
/// <param name="AllocateSymbol">C function that takes a byte count and returns a block.</param>
/// <param name="ReleaseSymbol">C function that frees a block.</param>
/// <param name="Package">Debian packages that contain the library.</param>
/// <param name="Files">File names of the library; the first one that exists is loaded.</param>
internal sealed record NativeAllocator(string Name, string AllocateSymbol, string ReleaseSymbol, string Package, params string[] Files)
{
    /// <summary>Two functions that do nothing; they show the cost of the calls alone.</summary>
    public static NativeAllocator Empty { get; } =
        new("empty functions", "empty_allocate", "empty_release", "gcc libc6-dev", NativeBuild.Loops);

    /// <summary>Microsoft's mimalloc; most goals refer to it.</summary>
    public static NativeAllocator Mimalloc { get; } =
        new("mimalloc", "mi_malloc", "mi_free", "libmimalloc-dev", "libmimalloc.so.3", "libmimalloc.so.2");

    /// <summary>jemalloc, whose threads free the blocks of other threads fast.</summary>
    public static NativeAllocator Jemalloc { get; } = new("jemalloc", "malloc", "free", "libjemalloc2", "libjemalloc.so.2");

    /// <summary>Boost.Interprocess, the only one of the native allocators that allocates shared memory.</summary>
    public static NativeAllocator Boost { get; } =
        new("Boost.Interprocess", "boost_allocate", "boost_release", "g++ libboost-dev", NativeBuild.Boost);

    /// <summary>All native allocators, in the order of the tables. A benchmark's parameter is an index into this list.</summary>
    public static IReadOnlyList<NativeAllocator> All { get; } =
    [
        Mimalloc,
        new("glibc", "malloc", "free", "libc6", "libc.so.6"),
        Jemalloc,
        Boost,
        Empty,
    ];

    /// <summary>
    /// True if <see cref="NativeBuild"/> builds the library. If such a library is missing, <see cref="NativeBuild.Failures"/>
    /// says why.
    /// </summary>
    public bool IsBuilt => Files is [NativeBuild.Loops or NativeBuild.Boost];

    /// <summary>Returns the path of the library, or null if it is not installed or could not be built.</summary>
    public string? FindLibrary() =>
        Folders.SelectMany(folder => Files.Select(file => Path.Combine(folder, file))).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Folders =>
        [
            .. NativeBuild.FolderOfThisRun is { } built ? [built] : Array.Empty<string>(),
            "/usr/local/lib",
            $"/usr/lib/{MultiarchTriplet}",
            $"/lib/{MultiarchTriplet}",
            "/usr/lib64",
            "/lib64",
            "/usr/lib",
        ];

    /// <summary>Name of the folder in which Debian stores the libraries of this processor architecture.</summary>
    private static string MultiarchTriplet =>
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
}
