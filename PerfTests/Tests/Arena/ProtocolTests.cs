using System.Text.RegularExpressions;
using FluentAssertions;
using PerfTests.Files;
using Shm.Arena;
using Shm.Arena.Native;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Tests rules for the arena's source and for the description of its protocol.</summary>
[Category("Arena")]
public sealed partial class ProtocolTests
{
    /// <summary>Names of the only types that may access shared memory atomically.</summary>
    private static readonly string[] s_references =
    [
        nameof(BlockStateReference), nameof(SlabPart), nameof(HeapSlot), nameof(EnteredPart), nameof(FreePartMap),
        nameof(ProcessSlot), nameof(ArenaHeader),
    ];

    /// <summary>Names of types that synchronize threads without accessing shared memory.</summary>
    private static readonly string[] s_privateMemory =
        [nameof(ArenaLifetime), nameof(ArenaTable), nameof(BackedPageMap), nameof(BackedTable), nameof(SharedBarrier)];

    [Fact]
    public void AtomicAccess_AssemblyOfTheArena_IsInListedTypesOnly() =>
        AtomicAccess.TypesIn(typeof(ShmArena).Assembly.Location).Should().BeEquivalentTo(s_references.Concat(s_privateMemory));

    [Fact]
    public void Readme_CrashWindowTable_NamesEveryCrashWindow()
    {
        var readme = File.ReadAllText(ProjectRoot.Resolve("Shm.Arena/README.md"));
        WindowRow().Matches(readme).Select(match => match.Groups[1].Value)
            .Should().Equal(Enum.GetNames<CrashWindow>().Where(name => name != nameof(CrashWindow.None)));
    }

    [GeneratedRegex(@"^\| `(\w+)` \|[^|\n]*\|[^|\n]*\|$", RegexOptions.Multiline)]
    private static partial Regex WindowRow();
}
