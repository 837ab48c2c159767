using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Shm.Arena;
using Shm.Arena.Native;
using Shm.Core.Native;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Finds out which pages of a file the file system has allocated, and gives pages back.</summary>
internal sealed partial class SparseFile(string path) : IDisposable
{
    private const int SeekData = 3, PunchHoleKeepSize = 3;

    private readonly SafeFileHandle _file = File.OpenHandle(path, access: FileAccess.ReadWrite, share: FileShare.ReadWrite);

    internal long ClaimedByteCount => Shm.Core.SegmentCalls.TryGetStatus((int)_file.DangerousGetHandle(), out var status)
        ? status.ClaimedByteCount
        : throw new InvalidOperationException($"Cannot read the status of {path}.");

    /// <summary>Enumerates the offsets of the allocated pages in a range.</summary>
    internal IEnumerable<long> Pages(long from, long to)
    {
        for (var offset = Seek(_file, from, SeekData); offset >= 0 && offset < to; offset = Seek(_file, offset, SeekData))
        {
            for (var end = Math.Min(to, FileHoles.FirstFrom(_file, offset)); offset < end; offset += ArenaLayout.PageBytes)
            {
                yield return offset;
            }
        }
    }

    /// <summary>Reads a page.</summary>
    /// <returns>The contents; null if all bytes are zero.</returns>
    internal byte[]? Read(long offset)
    {
        var page = new byte[ArenaLayout.PageBytes];
        RandomAccess.Read(_file, page, offset);
        return page.AsSpan().ContainsAnyExcept((byte)0) ? page : null;
    }

    /// <summary>Gives a page back to the file system.</summary>
    internal void Punch(long offset) =>
        _ = LibC.Allocate((int)_file.DangerousGetHandle(), PunchHoleKeepSize, offset, ArenaLayout.PageBytes);

    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(SafeFileHandle file, long offset, int origin);
}
