using System.Globalization;
using System.Text;
using System.Xml;
using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>
/// Writes the rows as JUnit XML, for the test reports of GitLab and Jenkins. During a run, the test platform writes this file with all
/// tests, and junit.xsl shapes it. This class writes it again from a results file, with the rows alone.
/// </summary>
internal sealed class JUnitReporter : IReporter
{
    private const string FileName = "junit.xml";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder) =>
        [AtomicFile.Write(Path.Combine(folder, FileName), Render(results))];

    private static string Render(ResultsDocument results)
    {
        JUnitCase[] cases =
        [
            .. results.Metrics.Values.Select(row => JUnitCase.Of(row, results.Timestamp)),
            .. (results.NotMeasured ?? new Dictionary<string, NotMeasured>()).Select(row => JUnitCase.Of(row.Key, row.Value)),
        ];
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true }))
        {
            writer.WriteStartElement("testsuites");
            writer.WriteStartElement("testsuite");
            writer.WriteAttributeString("name", "Performance");
            writer.WriteAttributeString("tests", Text(cases.Length));
            writer.WriteAttributeString("failures", Text(cases.Count(test => test.Element == JUnitCase.Failure)));
            writer.WriteAttributeString("errors", "0");
            writer.WriteAttributeString("skipped", Text(cases.Count(test => test.Element == JUnitCase.Skipped)));
            writer.WriteAttributeString(
                "timestamp", results.Timestamp.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            foreach (var test in cases)
            {
                test.Write(writer);
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
