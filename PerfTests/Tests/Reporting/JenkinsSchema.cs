using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PerfTests.Tests.Reporting;

/// <summary>Rules of the schema by which Jenkins' xunit plugin accepts JUnit XML (junit-10.xsd).</summary>
internal static partial class JenkinsSchema
{
    private static readonly string[] s_outcome = ["type", "message"];

    /// <summary>Elements of the schema: required attributes, other attributes, children. Outcomes may contain text.</summary>
    private static readonly Dictionary<string, (string[] Required, string[] Optional, string[] Children)> s_elements = new()
    {
        ["testsuites"] = ([], ["name", "time", "tests", "failures", "errors"], ["testsuite"]),
        ["testsuite"] = (
            ["name", "tests", "failures", "errors"],
            ["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
            ["testsuite", "properties", "testcase", "system-out", "system-err"]),
        ["testcase"] = (["name"], ["time", "classname", "group"], ["skipped", "error", "failure", "system-out", "system-err"]),
        ["properties"] = ([], [], ["property"]),
        ["property"] = (["name", "value"], [], []),
        ["failure"] = ([], s_outcome, []),
        ["error"] = ([], s_outcome, []),
        ["skipped"] = ([], s_outcome, []),
        ["system-out"] = ([], [], []),
        ["system-err"] = ([], [], []),
    };

    /// <summary>Lists the places where a document breaks the schema.</summary>
    public static IReadOnlyList<string> FaultsOf(XDocument document) => [.. document.Descendants().SelectMany(FaultsOf)];

    private static IEnumerable<string> FaultsOf(XElement element)
    {
        var name = element.Name.LocalName;
        if (!s_elements.TryGetValue(name, out var rule))
        {
            return [$"{name}: is not in the schema"];
        }

        string[] attributes = [.. element.Attributes().Select(attribute => attribute.Name.LocalName)];
        var time = name == "testcase" ? null : element.Attribute("time")?.Value;
        return
        [
            .. rule.Required.Except(attributes).Select(attribute => $"{name}: lacks {attribute}"),
            .. attributes.Except([.. rule.Required, .. rule.Optional]).Select(attribute => $"{name}: has {attribute}"),
            .. element.Elements().Select(child => child.Name.LocalName).Except(rule.Children).Select(child => $"{name}: contains {child}"),
            .. time is not null && !Seconds().IsMatch(time) ? [$"{name}: takes {time}"] : Array.Empty<string>(),
        ];
    }

    [GeneratedRegex(@"^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$")]
    private static partial Regex Seconds();
}
