using System.Globalization;
using System.Text.RegularExpressions;

namespace PerfTests.Tests.Reporting;

/// <summary>Parses Prometheus' text format, and checks the rules by which <c>promtool check metrics</c> refuses or warns.</summary>
internal sealed partial class PrometheusText
{
    public PrometheusText(string text)
    {
        var families = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                families.Add(line.Split(' ')[2], line);
            }
            else if (!line.StartsWith('#'))
            {
                var sample = SampleLine().Match(line);
                var (name, labels) = (sample.Groups["name"].Value, sample.Groups["labels"].Value);
                if (!sample.Success || name != families.Keys.LastOrDefault())
                {
                    Faults.Add($"{line}: is no sample, or is not below the HELP of its family");
                    continue;
                }

                if (!Samples.TryAdd($"{name}{labels}", double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture)))
                {
                    Faults.Add($"{line}: is there twice");
                }
            }
        }

        Families = [.. families.Keys];
        Faults.AddRange(Families.Where(name => NotABaseUnit().IsMatch(name)).Select(name => $"{name}: has no base unit"));
        Faults.AddRange(Families.Where(name => ReservedEnding().IsMatch(name)).Select(name => $"{name}: has the ending of a counter"));
    }

    public IReadOnlyList<string> Families { get; }

    /// <summary>Values by name and labels.</summary>
    public Dictionary<string, double> Samples { get; } = new(StringComparer.Ordinal);

    public List<string> Faults { get; } = [];

    [GeneratedRegex(
        """^(?<name>[a-z][a-z0-9_]*)(?<labels>\{[a-zA-Z][a-zA-Z0-9_]*="(?:[^"\\]|\\.)*"""
        + """(?:",[a-zA-Z][a-zA-Z0-9_]*="(?:[^"\\]|\\.)*)*"\})? (?<value>[-0-9.E+]+)$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("(nano|micro|milli)seconds|minutes|hours|(kilo|mega|giga|kibi|mebi)bytes|percent|bits")]
    private static partial Regex NotABaseUnit();

    [GeneratedRegex("_(total|count|sum|bucket)$")]
    private static partial Regex ReservedEnding();
}
