using System.Globalization;
using System.Runtime.InteropServices;
using PerfTests.AllocatorComparison;
using PerfTests.ChildProcesses;

[assembly: ChildProcess<NativeVersions>(NativeVersions.Verb)]

namespace PerfTests.AllocatorComparison;

/// <summary>
/// Process that prints the versions of the installed native allocators, one per line. It is a process of its own, because a
/// process can load jemalloc only if it was started with <see cref="NativeBuild"/>'s settings of the loader.
/// </summary>
internal sealed unsafe class NativeVersions : IChildProcess
{
    /// <summary>Verb of the test executable that starts this process.</summary>
    public const string Verb = "print-allocator-versions";

    /// <summary>Returns the versions, such as <c>mimalloc 2.1.2</c>.</summary>
    public static IReadOnlyList<string> Read()
    {
        var start = TestExecutable.StartInfo(Verb);
        var (exitCode, output, all) = ExternalProgram.Run(start.FileName, start.ArgumentList, TestExecutable.Folder);
        return exitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [$"versions unknown: {all.ReplaceLineEndings(" ").Trim()}"];
    }

    /// <inheritdoc/>
    public static int Run(string[] arguments)
    {
        foreach (var allocator in NativeAllocator.All)
        {
            if (allocator != NativeAllocator.Empty && allocator.FindLibrary() is { } path)
            {
                var version = NativeLibrary.TryLoad(path, out var library) ? Of(library) : null;
                Console.WriteLine($"{allocator.Name} {version ?? "of unknown version"}");
            }
        }

        return 0;
    }

    /// <summary>Formats the version number of mimalloc: 212 is 2.1.2, and 30107 is 3.1.7.</summary>
    internal static string OfMimalloc(int number)
    {
        var radix = number >= 10_000 ? 100 : 10;
        return string.Create(
            CultureInfo.InvariantCulture, $"{number / radix / radix}.{number / radix % radix}.{number % radix}");
    }

    /// <summary>Formats the version number of Boost: 108300 is 1.83.0.</summary>
    internal static string OfBoost(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{number / 100_000}.{number / 100 % 1_000}.{number % 100}");

    private static string? Of(nint library) =>
        NativeLibrary.TryGetExport(library, "mi_version", out var mimalloc) ? OfMimalloc(((delegate* unmanaged<int>)mimalloc)())
        : NativeLibrary.TryGetExport(library, "mallctl", out var jemalloc) ? OfJemalloc(jemalloc)
        : NativeLibrary.TryGetExport(library, "boost_version", out var boost) ? OfBoost(((delegate* unmanaged<int>)boost)())

        // The last, because the other libraries depend on glibc, and the search includes what a library depends on.
        : NativeLibrary.TryGetExport(library, "gnu_get_libc_version", out var glibc) ? Text(((delegate* unmanaged<nint>)glibc)())
        : null;

    private static string? OfJemalloc(nint mallctl)
    {
        nint text = 0;
        var length = (nuint)sizeof(nint);
        fixed (byte* name = "version\0"u8)
        {
            return ((delegate* unmanaged<byte*, nint*, nuint*, nint, nuint, int>)mallctl)(name, &text, &length, 0, 0) == 0
                ? Text(text)?.Split('-')[0]
                : null;
        }
    }

    private static string? Text(nint text) => Marshal.PtrToStringUTF8(text);
}
