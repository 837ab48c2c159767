using System.Globalization;
using static PerfTests.Exploration.Scenarios.Operation;

namespace PerfTests.Exploration.Scenarios;

/// <summary>Scenarios with more operations than those of the catalogue. The seed determines all of them.</summary>
internal static class RandomScenario
{
    private const string Prefix = "random-";
    private const int MemberCount = 3, OperationCount = 8;

    private static readonly long[] s_sizes = [16 << 10, 32 << 10, 32 << 10, 48 << 10, 1 << 20, 5 << 19];

    /// <summary>Creates the scenario of a seed.</summary>
    internal static Scenario Create(int seed)
    {
        var random = new Random(seed);
        var members = Enumerable.Range(0, MemberCount).Select(member => Enumerable.Range(0, OperationCount)
            .Select(index => Next(random, member, index)).ToArray());
        return new Scenario(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{seed}"), [], [.. members]);
    }

    /// <summary>Creates the scenario of a name; returns null if the name has another form.</summary>
    internal static Scenario? Find(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
            ? Create(seed)
            : null;

    private static Operation Next(Random random, int member, int index)
    {
        var block = NameOf(random.Next(MemberCount), random.Next(OperationCount));
        return random.Next(20) switch
        {
            < 9 => TryAllocate(NameOf(member, index), s_sizes[random.Next(s_sizes.Length)]),
            < 14 => Free(block),
            14 => HandOver(block, random.Next(MemberCount)),
            15 => Offer(block),
            16 => Claim(block),
            17 => Recover,
            18 => ChangeHeap,
            _ => AllocateAll,
        };
    }

    private static string NameOf(int member, int index) => string.Create(CultureInfo.InvariantCulture, $"{member}.{index}");
}
