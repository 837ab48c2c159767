using System.Xml;
using System.Xml.Linq;
using System.Xml.Xsl;
using FluentAssertions;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Reporting.Interchange;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

[Category("Formats")]
public sealed class JUnitTests : TemporaryResults
{
    /// <summary>File of the test platform's logger: source files, traits, attachments, and a duration with an exponent.</summary>
    private const string OfThePlatform = """
        <testsuites>
          <testsuite name="PerfTests.dll" tests="3" skipped="1" failures="1" errors="0" time="4.1E-05" timestamp="2026-11-26T13:40:29"
              hostname="vm" id="0" package="PerfTests.dll">
            <properties />
            <testcase classname="A.B" name="Passes(x: &quot;1&quot;)" time="0.09" file="/home/x/B.cs" line="29">
              <properties><property name="Category" value="Perf" /></properties>
              <system-out>before
        [[ATTACHMENT|/home/x/one.txt]]between [[ATTACHMENT|/tmp/two.txt]] after</system-out>
            </testcase>
            <testcase classname="A.B" name="Fails" time="0.1" file="/home/x/B.cs" line="30">
              <failure type="failure" message="Regressed: it">at A.B.Fails()</failure>
            </testcase>
            <testcase classname="A.B" name="Skips" time="0"><skipped message="no ptrace" /></testcase>
            <system-out>JUnit</system-out>
            <system-err />
          </testsuite>
        </testsuites>
        """;

    private static readonly ResultsDocument s_results = SampleResults.Of(
        SampleResults.Row(Verdict.Regressed, 13),
        SampleResults.Row(Verdict.Inconclusive, 20, 20, Catalogue.Row("transfer_1mb_bandwidth", Allocators.Shm))) with
    {
        NotMeasured = new Dictionary<string, NotMeasured>
        {
            ["lookup_arithmetic_time/arena/segments=1"] = new("lookup_arithmetic_time(arena, segments=1)", NotMeasuredOutcome.Failed, "no"),
            ["gone"] = new("gone", NotMeasuredOutcome.Lacking, "needs 1 GiB of /dev/shm"),
        },
    };

    [Fact]
    public void Write_RowsOfAllOutcomes_CountsAndNamesThem()
    {
        var suite = Written(s_results).Root!.Element("testsuite")!;
        (Count("tests"), Count("failures"), Count("skipped")).Should().Be(("4", "2", "2"));
        var cases = suite.Elements("testcase").ToDictionary(test => test.Attribute("name")!.Value, test => test.Elements().Single());
        var regressed = cases["allocation_total_time(allocator: arena)"];
        regressed.Name.LocalName.Should().Be("failure");
        new[] { regressed.Attribute("message")!.Value, regressed.Value }.Should().AllBe("Regressed: it became slower");
        cases["transfer_1mb_bandwidth(allocator: shm)"].Name.LocalName.Should().Be("skipped");
        cases["lookup_arithmetic_time(allocator: arena, segments: 1)"].Name.LocalName.Should().Be("failure");
        cases["gone"].Value.Should().Be("needs 1 GiB of /dev/shm");

        string Count(string name) => suite.Attribute(name)!.Value;
    }

    [Fact]
    public void Write_RowsOfAllOutcomes_FollowsJenkinsSchema() => JenkinsSchema.FaultsOf(Written(s_results)).Should().BeEmpty();

    [Fact]
    public void Stylesheet_FileOfThePlatform_FollowsJenkinsSchema()
    {
        JenkinsSchema.FaultsOf(XDocument.Parse(OfThePlatform)).Should().HaveCount(6);
        JenkinsSchema.FaultsOf(Shaped(OfThePlatform)).Should().BeEmpty();
    }

    [Fact]
    public void Stylesheet_FileOfThePlatform_KeepsWhatGitlabShows()
    {
        var cases = Shaped(OfThePlatform).Descendants("testcase").ToArray();
        cases.Select(test => (string?)test.Attribute("name")).Should().Equal("Passes(x: \"1\")", "Fails", "Skips");
        cases.Select(test => (string?)test.Attribute("classname")).Should().AllBe("A.B");
        cases.Select(test => (string?)test.Attribute("time")).Should().Equal("0.09", "0.1", "0");
        cases[1].Element("failure")!.Value.Should().Be("at A.B.Fails()");
        cases[1].Element("failure")!.Attribute("message")!.Value.Should().Be("Regressed: it");
        cases[2].Element("skipped")!.Attribute("message")!.Value.Should().Be("no ptrace");
    }

    [Fact]
    public void Stylesheet_AttachedFiles_LeavesNoPathOfTheMachine()
    {
        var shaped = Shaped(OfThePlatform);
        shaped.ToString().Should().NotContainAny("ATTACHMENT", "/home/", "/tmp/");
        shaped.Descendants("system-out").First().Value.Split('\n').Should().Equal("before", "between  after");
    }

    private static XDocument Shaped(string text)
    {
        var stylesheet = new XslCompiledTransform();
        stylesheet.Load(ProjectRoot.Resolve("PerfTests/Reporting/Interchange/junit.xsl"));
        var shaped = new StringWriter();
        using (var source = XmlReader.Create(new StringReader(text)))
        using (var target = XmlWriter.Create(shaped, stylesheet.OutputSettings))
        {
            stylesheet.Transform(source, target);
        }

        return XDocument.Parse(shaped.ToString());
    }

    private XDocument Written(ResultsDocument results) => XDocument.Load(new JUnitReporter().Write(results, Folder)[0]);
}
