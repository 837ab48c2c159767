using PerfTests.Metrics;

namespace PerfTests.Reporting;

/// <summary>Names of the code as people write them.</summary>
internal static class ReadableName
{
    /// <summary>A section of the reports, e.g. <c>Address translation</c>.</summary>
    public static string Of(MetricGroup group) => Of(group.ToString());

    /// <summary><c>AddressTranslation</c>: Address translation.</summary>
    public static string Of(string name) =>
        string.Concat(name.Select((c, index) => index > 0 && char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
}
