using System.Globalization;

namespace Shm.Core;

/// <summary>Which process made a segment, as its name says.</summary>
/// <param name="ProcessId">The process id, in the namespace below.</param>
/// <param name="StartTicks">When the process started, in clock ticks since boot: tells it from a later one of the same id.</param>
/// <param name="NamespaceTag">The low 20 bits of its process-id namespace's inode: elsewhere the id means another process.</param>
public readonly record struct SegmentOwner(int ProcessId, ulong StartTicks, uint NamespaceTag)
{
    internal const uint NamespaceMask = 0xFFFFF;

    private static readonly SegmentOwner s_current = Read();

    /// <summary>This process.</summary>
    public static SegmentOwner Current => s_current;

    /// <summary>What a name of this process says between prefix and random digits: <c>pid_start_namespace_</c>.</summary>
    internal static string CurrentText { get; } = s_current.ToText();

    internal string ToText() =>
        string.Create(CultureInfo.InvariantCulture, $"{ProcessId}_{StartTicks:x}_{NamespaceTag:x5}_");

    /// <summary>
    /// Whether the owner may still live. False only where that is certain: a process of another namespace can't be
    /// seen from here (nor one of a namespace that could not be read), and one whose start can't be read may be the owner.
    /// </summary>
    internal bool MayLive() => NamespaceTag != s_current.NamespaceTag || NamespaceTag == 0
        || ProcessStatus.Read(ProcessId) is { IsEnded: false } status && (status.StartTicks is 0 || StartTicks is 0 || status.StartTicks == StartTicks);

    private static SegmentOwner Read() => new(
        Environment.ProcessId, ProcessStatus.Read(Environment.ProcessId).StartTicks, ProcessStatus.NamespaceInode() & NamespaceMask);
}
