using System.Reflection;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Operations that no row need guard, with the reason. Every other public operation must be seen by a row.</summary>
internal static class ExemptOperations
{
    private const string Error = "a program calls it after an error only";
    private const string Value = "it only stores or compares the values of a small record";
    private const string Diagnosis = "a program calls it for diagnosis only";
    private const string Once = "a program calls it once, and it only creates empty tables";
    private const string Name = "it makes a system call once for each object, and then returns a field";
    private const string Limit = "it returns a number that is computed once";
    private const string Rare = "an administrator calls it, not a program in a loop";

    private static readonly (Type Type, string? Name, string Reason)[] s_all =
    [
        (typeof(ShmException), null, Error),
        (typeof(ShmBlock), null, Value),
        (typeof(SegmentOwner), null, Value),
        (typeof(ArenaBlock), null, Value),
        (typeof(ArenaMember), null, Value),
        (typeof(ArenaClassStatistics), null, Value),
        (typeof(ArenaRecoveryResult), null, Value),
        (typeof(ArenaStatistics), null, Value),
        (typeof(ShmArenaOptions), null, Value),
        (typeof(ShmArenaAttachOptions), null, Value),
        (typeof(ShmSegmentOptions), null, Value),
        (typeof(ShmSegmentOpenOptions), null, Value),
        (typeof(StaleSegment), null, Value),
        (typeof(SegmentDescriptor), "Equals", Value),
        (typeof(SegmentDescriptor), "GetHashCode", Value),
        (typeof(ShmArena), "get_" + nameof(ShmArena.Name), Name),
        (typeof(PeerSegments), ".ctor", Once),
        (typeof(SegmentAllocator), ".ctor", Once),
        (typeof(PeerSegments), "get_" + nameof(PeerSegments.MappedCount), Diagnosis),
        (typeof(BackgroundPrefault), null, Diagnosis),
        (typeof(HugePageUse), null, Diagnosis),
        (typeof(ShmArena), "get_" + nameof(ShmArena.BackgroundPrefault), Diagnosis),
        (typeof(ShmArena), nameof(ShmArena.GetHugePageUse), Diagnosis),
        (typeof(ShmSegment), "get_" + nameof(ShmSegment.BackgroundPrefault), Diagnosis),
        (typeof(ShmSegment), nameof(ShmSegment.GetHugePageUse), Diagnosis),
        (typeof(ShmTransfer), "get_" + nameof(ShmTransfer.StreamingFromByteCount), Limit),
        (typeof(StaleSegments), nameof(StaleSegments.Remove), Rare),
    ];

    /// <summary>All reasons.</summary>
    public static IEnumerable<string> Reasons => s_all.Select(one => one.Reason).Distinct();

    /// <summary>Returns the reason for exempting a method; null if it is not exempt.</summary>
    public static string? ReasonFor(Type type, MethodBase method) =>
        Array.Find(s_all, one => one.Type == type && (one.Name is null || one.Name == method.Name)).Reason;
}
