using System.Runtime.InteropServices;

namespace PerfTests.AllocatorComparison;

/// <summary>An allocator that the arena is measured beside.</summary>
/// <param name="Name">For people, and the key in the JSON.</param>
/// <param name="AllocateSymbol">The C function that takes a byte count and returns a block.</param>
/// <param name="ReleaseSymbol">The C function that takes a block back.</param>
/// <param name="Package">The Debian packages that bring it.</param>
/// <param name="Files">The libraries that may hold the functions; the first that is there is taken.</param>
internal sealed record NativeAllocator(string Name, string AllocateSymbol, string ReleaseSymbol, string Package, params string[] Files)
{
    /// <summary>The two functions with nothing in them: what the calls alone cost.</summary>
    public static NativeAllocator Empty { get; } = new("empty functions", "empty_allocate", "empty_release", "gcc libc6-dev", NativeBuild.Loops);

    /// <summary>Microsoft's mimalloc, which the goals are measured by.</summary>
    public static NativeAllocator Mimalloc { get; } = new("mimalloc", "mi_malloc", "mi_free", "libmimalloc-dev", "libmimalloc.so.3", "libmimalloc.so.2");

    /// <summary>The one peer that serves shared memory.</summary>
    public static NativeAllocator Boost { get; } = new("Boost.Interprocess", "boost_allocate", "boost_release", "g++ libboost-dev", NativeBuild.Boost);

    /// <summary>All of them, in the order of the tables. Their numbers in plans are their places here.</summary>
    public static IReadOnlyList<NativeAllocator> All { get; } =
    [
        Mimalloc,
        new("glibc", "malloc", "free", "libc6", "libc.so.6"),
        new("jemalloc", "malloc", "free", "libjemalloc2", "libjemalloc.so.2"),
        Boost,
        Empty,
    ];

    /// <summary>True if the library is built here; if not, that says why it is missing.</summary>
    public bool IsBuilt => Files is [NativeBuild.Loops or NativeBuild.Boost];

    /// <summary>The library's path, or null where it is not installed or could not be built.</summary>
    public string? FindLibrary() => Folders.SelectMany(folder => Files.Select(file => Path.Combine(folder, file))).FirstOrDefault(File.Exists);

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

    /// <summary>Debian's name of the architecture's folder.</summary>
    private static string MultiarchTriplet => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
}
