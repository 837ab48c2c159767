using System.Globalization;

namespace Shm.Core;

/// <summary>
/// Identity of the process that created a segment, as encoded in a generated name. The identity makes the name unique and informs the
/// user. It does not tell whether the process still runs: see <see cref="StaleSegments"/>.
/// </summary>
/// <param name="ProcessId">Process id within the process-id namespace of the owner.</param>
/// <param name="StartTicks">
/// Start time of the process in clock ticks since boot, as the time namespace of the owner shows it. The start time distinguishes
/// the owner from a later process with the same id.
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

    private static SegmentOwner ReadCurrent() => new(
        Environment.ProcessId,
        ProcessLifetime.ReadOwn().StartTicks,
        ProcessNamespace.ReadInode() & NamespaceMask);
}
