namespace PerfTests.Reporting;

/// <summary>Converts names of the code into words.</summary>
internal static class ReadableName
{
    /// <summary>Returns the name of a section of the reports, e.g. <c>Address translation</c>.</summary>
    public static string Of(MetricGroup group) => Of(group.ToString());

    /// <summary>Returns the words of a name, such as <c>Address translation</c> for <c>AddressTranslation</c>.</summary>
    public static string Of(string name) =>
        string.Concat(name.Select((c, index) => index > 0 && char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
}
