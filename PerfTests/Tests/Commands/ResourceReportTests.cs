using System.Globalization;
using System.Text.RegularExpressions;
using FluentAssertions;
using PerfTests.Commands;
using PerfTests.Files;
using PerfTests.Machine;
using Xunit;

namespace PerfTests.Tests.Commands;

/// <summary>Tests the list of resources that the verb <c>doctor</c> prints.</summary>
[Category("Documents")]
public sealed partial class ResourceReportTests
{
    private static readonly MachineResources s_ample = new(1L << 40, 1_000_000, 1_000_000, 64, 1L << 40, null);

    [Fact]
    public void Lines_AllRows_ReadmeNamesTheirNeeds()
    {
        var readme = Whitespace().Replace(File.ReadAllText(Path.Combine(ProjectRoot.Path, "README.md")), " ");
        readme.Should().Contain(
            $"takes {LargestNeed("/dev/shm")} MiB of `/dev/shm`, {LargestNeed("memory")} MiB of memory, two processors, "
            + $"{LargestNeed("open files")} open files and {LargestNeed("mappings")} memory mappings");
    }

    [Fact]
    public void Lines_FreeSharedMemoryEqualsListedNeed_SufficesForAllRows()
    {
        var mebibytes = ValueOf(LargestNeed("/dev/shm"));
        Lacks(mebibytes).Should().BeEmpty();
        Lacks(mebibytes - 1).Should().NotBeEmpty();

        static IEnumerable<string> Lacks(long mebibytes) => ResourceReport
            .Lines(s_ample with { FreeSharedMemoryBytes = mebibytes << 20 })
            .Where(line => line.Contains("cannot be", StringComparison.Ordinal));
    }

    /// <summary>Returns the larger of the two needs of a resource: of all rows, and of paired rows.</summary>
    private static string LargestNeed(string resource) => ResourceReport.Lines(s_ample)
        .Where(line => line.StartsWith($"  {resource} ", StringComparison.Ordinal))
        .SelectMany(line => Number().Matches(line).Take(2).Select(match => match.Value))
        .MaxBy(ValueOf)!;

    private static long ValueOf(string number) => long.Parse(number, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex("[0-9][0-9,]*")]
    private static partial Regex Number();
}
