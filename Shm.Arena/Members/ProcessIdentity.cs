using System.Globalization;
using Shm.Core;
using Shm.Core.Native;

namespace Shm.Arena;

/// <summary>
/// Identity of a process, by which other processes find out that the process has exited. The id has a meaning only within its
/// pid namespace, and the start time only within its time namespace.
/// </summary>
/// <param name="ProcessId">Id of the process.</param>
/// <param name="StartTicks">Start time in clock ticks since boot; 0 if it is unknown.</param>
/// <param name="PidNamespace">Inode number of the pid namespace; 0 if it is unknown.</param>
/// <param name="TimeNamespace">Inode number of the time namespace; 0 if it is unknown, or if the kernel has no time namespaces.</param>
internal readonly record struct ProcessIdentity(int ProcessId, ulong StartTicks, uint PidNamespace, uint TimeNamespace)
{
    /// <summary>Reads the identity of this process. A forked process must not use the identity that its parent read.</summary>
    internal static ProcessIdentity ReadOwn() => new(
        LibC.ProcessId(), ProcessLifetime.ReadOwn().StartTicks, ReadNamespace("pid"), ReadNamespace("time"));

    /// <summary>
    /// Returns true if the process that this identity names has certainly exited. Returns false if that is unknown, for example
    /// if the process belongs to another namespace than the reader.
    /// </summary>
    /// <param name="reader">Identity of this process, for which <see cref="IsProcOfOwnNamespace"/> returns true.</param>
    internal bool HasExited(in ProcessIdentity reader)
    {
        var isComparable = ProcessId > 0 && StartTicks != 0 && PidNamespace != 0
            && PidNamespace == reader.PidNamespace && TimeNamespace == reader.TimeNamespace;
        if (!isComparable)
        {
            return false;
        }

        var lifetime = ProcessLifetime.Read(ProcessId);
        return lifetime.HasExited || (lifetime.StartTicks != 0 && lifetime.StartTicks != StartTicks);
    }

    /// <summary>
    /// Returns true if /proc shows the pid namespace of this process. A container may show the processes of another namespace,
    /// where the same ids name other processes.
    /// </summary>
    internal static bool IsProcOfOwnNamespace()
    {
        const string key = "NSpid:";
        try
        {
            // The line lists the ids of this process in all namespaces from that of /proc down to that of this process.
            var line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
            return line is not null && line[key.Length..].Trim() == LibC.ProcessId().ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static uint ReadNamespace(string kind)
    {
        try
        {
            // "pid:[4026531836]"
            var target = new FileInfo($"/proc/self/ns/{kind}").LinkTarget ?? "";
            var digits = target.AsSpan(target.IndexOf('[') + 1).TrimEnd(']');
            return uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var inode) ? inode : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
