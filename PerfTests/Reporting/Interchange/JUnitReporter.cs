using System.Globalization;
using System.Text;
using System.Xml;
using PerfTests.Files;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting.Interchange;

/// <summary>
/// Writes the rows as JUnit XML, for GitLab's test report. During a run, the test platform writes this file with all tests. This class
/// writes it again from a results file, with the rows alone.
/// </summary>
internal sealed class JUnitReporter : IReporter
{
    private const string FileName = "junit.xml";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder) =>
        [AtomicFile.Write(Path.Combine(folder, FileName), Render(results))];

    private static string Render(ResultsDocument results)
    {
        var rows = results.Metrics.Values.ToArray();
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true }))
        {
            writer.WriteStartElement("testsuites");
            writer.WriteStartElement("testsuite");
            writer.WriteAttributeString("name", "Performance");
            writer.WriteAttributeString("tests", Text(rows.Length));
            writer.WriteAttributeString("failures", Text(rows.Count(row => row.Judgement?.Verdict == Verdict.Regressed)));
            writer.WriteAttributeString("errors", "0");
            writer.WriteAttributeString("skipped", Text(rows.Count(IsSkipped)));
            writer.WriteAttributeString(
                "timestamp", results.Timestamp.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            foreach (var row in rows)
            {
                WriteCase(writer, row, results.Timestamp);
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void WriteCase(XmlWriter writer, MetricResult row, DateTimeOffset timestamp)
    {
        var test = TestIdentity.Of(row);
        var outcome = new AllureRow(row).OutcomeAt(timestamp);
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", test.ClassName);
        writer.WriteAttributeString("name", SafeText.Xml(SafeText.OneLine(test.DisplayName)));
        writer.WriteAttributeString("time", (outcome.Stop - outcome.Start).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
        var element = row.Judgement?.Verdict == Verdict.Regressed ? "failure" : IsSkipped(row) ? "skipped" : null;
        if (element is not null)
        {
            writer.WriteStartElement(element);
            writer.WriteAttributeString("message", SafeText.Xml(SafeText.OneLine(row.Judgement?.Message ?? string.Empty)));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static bool IsSkipped(MetricResult row) =>
        row.Judgement?.Verdict is Verdict.Inconclusive or Verdict.NotComparable or null;

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
