using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Names as links to files: a name is removed only while it refers to the expected file.</summary>
internal static class SegmentLink
{
    /// <summary>Returns the identity of the file that has a name, or null if there is none.</summary>
    /// <param name="directory">Directory of the file, normalised; null means /dev/shm.</param>
    /// <param name="path">"/name\0" in /dev/shm, the absolute path in any other directory.</param>
    internal static FileIdentity? Read(string? directory, ReadOnlySpan<byte> path)
    {
        var isFound = directory is null
            ? SegmentCalls.TryGetStatusOf(path, out var status)
            : SegmentCalls.TryGetStatusOfFile(path, out status);
        return isFound ? status.Identity : null;
    }

    /// <summary>Removes a name if it refers to the given file.</summary>
    /// <returns>0 if the name was removed; ENOENT if it refers to another file or to none; else the error number of the call.</returns>
    // Linux has no call that compares and removes at once. A new file loses its name if, between the two calls, another program
    // removes the old file and creates the new one. Processes that use this library do not: each removes only names of its own
    // files and of files that no process uses.
    internal static int Remove(string? directory, ReadOnlySpan<byte> path, FileIdentity file)
    {
        if (Read(directory, path) != file)
        {
            return Errno.NoEntry;
        }

        var result = directory is null ? SegmentCalls.Unlink(path) : SegmentCalls.UnlinkFile(path);
        return result == 0 ? 0 : SegmentCalls.LastError;
    }
}
