using System.Diagnostics.CodeAnalysis;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>A segment whose owner died without removing it.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="OwnerProcessId">The process that made it.</param>
/// <param name="ByteCount">Its length in bytes.</param>
/// <param name="Modified">When it was last changed.</param>
public sealed record StaleSegment(string Name, int OwnerProcessId, long ByteCount, DateTimeOffset Modified);

/// <summary>
/// Finds and removes what dead processes left. Touches only this user's regular files under a generated name whose
/// process is dead; in doubt an object stays. Processes are judged as this process sees them, so it must not be
/// used on a /dev/shm that is shared with another process namespace.
/// </summary>
public static class StaleSegments
{
    private const string Folder = "/dev/shm";

    /// <summary>This user's segments whose owner is dead.</summary>
    public static IReadOnlyList<StaleSegment> List()
    {
        var found = new List<StaleSegment>();
        foreach (string path in Directory.EnumerateFiles(Folder, SegmentName.Prefix + "*"))
        {
            if (TryInspect(Path.GetFileName(path), out StaleSegment? segment))
            {
                found.Add(segment);
            }
        }

        return found;
    }

    /// <summary>Removes this user's segments whose owner is dead.</summary>
    /// <returns>Those that were removed.</returns>
    /// <exception cref="ShmException">The system refused to remove one.</exception>
    public static IReadOnlyList<StaleSegment> Remove()
    {
        var removed = new List<StaleSegment>();
        Span<byte> path = stackalloc byte[SegmentName.BufferByteCount];
        foreach (StaleSegment segment in List())
        {
            SegmentName.Write(segment.Name, path);
            if (SegmentCalls.Unlink(path) == 0)
            {
                removed.Add(segment);
            }
            else if (SegmentCalls.LastError != Errno.NoEntry)
            {
                // Gone already is as good; anything else the user should know.
                ShmException.ThrowLastError("shm_unlink", segment.Name);
            }
        }

        return removed;
    }

    private static unsafe bool TryInspect(string name, [NotNullWhen(true)] out StaleSegment? segment)
    {
        segment = null;
        if (!SegmentName.TryParseOwner(name, out int owner) || ProcessLiveness.IsAlive(owner))
        {
            return false;
        }

        FileStatus status;
        fixed (byte* path = System.Text.Encoding.UTF8.GetBytes($"{Folder}/{name}\0"))
        {
            if (LibC.LinkStatus(path, &status) != 0)
            {
                return false;
            }
        }

        if (!status.IsRegularFile || status.UserId != LibC.EffectiveUserId())
        {
            return false;
        }

        segment = new StaleSegment(name, owner, status.ByteCount, status.Modified);
        return true;
    }
}
