using System.Globalization;
using System.Text;
using System.Xml;
using PerfTests.Files;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting.Interchange;

/// <summary>
/// JUnit XML of a results file's rows, for GitLab's test report. A run has it from the test platform, with every test
/// that ran; this makes it again where only the results file is left.
/// </summary>
internal sealed class JUnitReporter : IReporter
{
    private const string FileName = "junit.xml";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder) => [AtomicFile.Write(Path.Combine(folder, FileName), Render(results))];

    private static string Render(ResultsDocument results)
    {
        var figures = results.Metrics.Values.ToArray();
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true }))
        {
            writer.WriteStartElement("testsuites");
            writer.WriteStartElement("testsuite");
            writer.WriteAttributeString("name", "Performance");
            writer.WriteAttributeString("tests", Text(figures.Length));
            writer.WriteAttributeString("failures", Text(figures.Count(figure => figure.Judgement?.Verdict == Verdict.Regressed)));
            writer.WriteAttributeString("errors", "0");
            writer.WriteAttributeString("skipped", Text(figures.Count(IsSkipped)));
            writer.WriteAttributeString("timestamp", results.Timestamp.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            foreach (var figure in figures)
            {
                WriteCase(writer, figure, results.Timestamp);
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void WriteCase(XmlWriter writer, MetricResult figure, DateTimeOffset timestamp)
    {
        var test = TestIdentity.Of(figure);
        var outcome = new AllureRow(figure).OutcomeAt(timestamp);
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", test.ClassName);
        writer.WriteAttributeString("name", SafeText.Xml(SafeText.OneLine(test.DisplayName)));
        writer.WriteAttributeString("time", (outcome.Stop - outcome.Start).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
        var element = figure.Judgement?.Verdict == Verdict.Regressed ? "failure" : IsSkipped(figure) ? "skipped" : null;
        if (element is not null)
        {
            writer.WriteStartElement(element);
            writer.WriteAttributeString("message", SafeText.Xml(SafeText.OneLine(figure.Judgement?.Message ?? string.Empty)));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static bool IsSkipped(MetricResult figure) => figure.Judgement?.Verdict is Verdict.Inconclusive or Verdict.NotComparable or null;

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
