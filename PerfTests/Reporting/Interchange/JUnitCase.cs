using System.Globalization;
using System.Xml;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting.Interchange;

/// <summary>Test case of a row in JUnit XML.</summary>
/// <param name="ClassName">Name of the test class.</param>
/// <param name="Name">Name of the test.</param>
/// <param name="Seconds">Duration of the test.</param>
/// <param name="Element">Name of the element that states the outcome; null for a test that passed.</param>
/// <param name="Message">Description of the outcome.</param>
internal sealed record JUnitCase(string ClassName, string Name, double Seconds, string? Element, string Message)
{
    /// <summary>Element of a test that failed.</summary>
    public const string Failure = "failure";

    /// <summary>Element of a test that was skipped.</summary>
    public const string Skipped = "skipped";

    /// <summary>Returns the test case of a row that has a value.</summary>
    public static JUnitCase Of(MetricResult row, DateTimeOffset timestamp)
    {
        var test = TestIdentity.Of(row);
        var outcome = new AllureRow(row).OutcomeAt(timestamp);
        var element = row.Judgement?.Verdict switch
        {
            Verdict.Regressed => Failure,
            Verdict.Passed or Verdict.Improved => null,
            _ => Skipped,
        };
        return new(
            test.ClassName, test.DisplayName, (outcome.Stop - outcome.Start).TotalSeconds, element, row.Judgement?.Message ?? string.Empty);
    }

    /// <summary>Returns the test case of a row that ended without a value.</summary>
    public static JUnitCase Of(string key, NotMeasured row)
    {
        var test = TestIdentity.Find(key) is { } known ? TestIdentity.Of(known) : null;
        return new(
            test?.ClassName ?? string.Empty,
            test?.DisplayName ?? row.Label,
            0,
            row.Outcome == NotMeasuredOutcome.Failed ? Failure : Skipped,
            row.Reason);
    }

    /// <summary>Writes the test case. Jenkins shows the attribute of the outcome, and GitLab its text.</summary>
    public void Write(XmlWriter writer)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", SafeText.Xml(ClassName));
        writer.WriteAttributeString("name", SafeText.Xml(SafeText.OneLine(Name)));
        writer.WriteAttributeString("time", Seconds.ToString("0.000", CultureInfo.InvariantCulture));
        if (Element is not null)
        {
            var message = SafeText.Xml(SafeText.OneLine(Message));
            writer.WriteStartElement(Element);
            writer.WriteAttributeString("message", message);
            writer.WriteString(message);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }
}
