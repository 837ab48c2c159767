namespace PerfTests.Exploration.Scenarios;

/// <summary>Members that use one arena, with the operations of each.</summary>
/// <param name="Name">Name by which a schedule names the scenario.</param>
/// <param name="Setup">Steps before the schedule begins, in their order.</param>
/// <param name="Operations">Operations of each member, which the schedule interleaves.</param>
internal sealed record Scenario(string Name, SetupStep[] Setup, Operation[][] Operations)
{
    /// <summary>Capacity of the arena: the smallest in which a block can be larger than every size class.</summary>
    internal const long CapacityBytes = 4L << 20;

    /// <summary>
    /// Maximum number of slabs, in which parts are soon used again; 0 for no limit. The limit ends when a member takes the
    /// supply lock over from an exited one.
    /// </summary>
    internal int SlabLimit { get; init; }

    /// <summary>Gets the number of members, which do not include the auditor.</summary>
    internal int MemberCount => Operations.Length;

    /// <summary>Returns true if the member attaches by an operation of its own, and not before the setup.</summary>
    internal bool AttachesLate(int member) => Operations[member].Contains(Operation.Attach);

    public override string ToString() => Name;
}
