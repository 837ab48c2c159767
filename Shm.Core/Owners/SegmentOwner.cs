using System.Globalization;

namespace Shm.Core;

/// <summary>Identity of the process that created a segment, as encoded in the segment's name.</summary>
/// <param name="ProcessId">Process id within the process-id namespace of the owner.</param>
/// <param name="StartTicks">
/// Start time of the process in clock ticks since boot. The start time distinguishes the owner from a later process with the
/// same id.
/// </param>
/// <param name="NamespaceTag">Low 20 bits of the inode number of the owner's process-id namespace.</param>
public readonly record struct SegmentOwner(int ProcessId, ulong StartTicks, uint NamespaceTag)
{
    /// <summary>Mask that selects the bits of the inode number that are stored in a segment's name.</summary>
    internal const uint NamespaceMask = 0xFFFFF;

    private static readonly SegmentOwner s_current = ReadCurrent();

    /// <summary>Gets the identity of this process.</summary>
    public static SegmentOwner Current => s_current;

    /// <summary>Owner part of the names that this process generates: <c>pid_start_namespace_</c>.</summary>
    internal static string CurrentText { get; } = s_current.ToText();

    /// <summary>Returns the owner part of a generated name.</summary>
    internal string ToText() =>
        string.Create(CultureInfo.InvariantCulture, $"{ProcessId}_{StartTicks:x}_{NamespaceTag:x5}_");

    /// <summary>
    /// Returns false only if the owner has certainly exited. The owner may be running if it belongs to another namespace, if
    /// its namespace is unknown, or if a process has the owner's id and the two start times are equal or one of them is
    /// unknown.
    /// </summary>
    internal bool MayBeRunning() => NamespaceTag != s_current.NamespaceTag || NamespaceTag == 0
        || ProcessLifetime.Read(ProcessId) is { HasExited: false } lifetime
            && (lifetime.StartTicks is 0 || StartTicks is 0 || lifetime.StartTicks == StartTicks);

    private static SegmentOwner ReadCurrent() => new(
        Environment.ProcessId,
        ProcessLifetime.Read(Environment.ProcessId).StartTicks,
        ProcessNamespace.ReadInode() & NamespaceMask);
}
