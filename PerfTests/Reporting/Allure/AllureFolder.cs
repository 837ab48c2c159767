using System.Globalization;
using System.Text.Json.Nodes;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// Writes Allure's results into a folder. The result file of a test is named after the test's id, so a second run or a second report
/// replaces this file. Allure would show a further file of the same test as a retry.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="run">Run that writes the results.</param>
public sealed class AllureFolder(string path, ResultsMetadata run)
{
    /// <summary>Name of the parameter that holds the identifier of the run.</summary>
    internal const string RunParameter = "run";

    /// <summary>Parameter that holds the place of a row in the order of reports.</summary>
    private const string OrderParameter = "order";

    /// <summary>Tag of a result that an earlier run left.</summary>
    private const string EarlierTag = "earlier run";

    private static readonly Lazy<Dictionary<string, int>> s_order = new(() => Catalogue.TheoryRows()
        .Select((row, index) => KeyValuePair.Create(row.TestDisplayName, index))
        .DistinctBy(pair => pair.Key).ToDictionary(StringComparer.Ordinal));

    /// <summary>Writes the files of one test. The result file is written last, when all attachments that it names exist.</summary>
    /// <param name="test">The test.</param>
    /// <param name="outcome">Outcome of the test.</param>
    /// <param name="row">Row that the test measured; null if it measured none.</param>
    /// <returns>Paths of the written files.</returns>
    public IReadOnlyList<string> Write(TestIdentity test, TestOutcome outcome, AllureRow? row = null)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(outcome);
        var identity = AllureIdentity.Of(test);
        var uuid = UuidOf(identity);
        var written = new List<string>();
        var attachments = new List<AllureAttachment>();
        foreach (var (name, extension, type, text) in Texts(outcome, row))
        {
            var source = $"{Guid.ParseExact(Digest.Md5($"{uuid:N}/{name}"), "N")}-attachment{extension}";
            written.Add(AtomicFile.Write(Path.Combine(path, source), text));
            attachments.Add(new AllureAttachment(name, source, type));
        }

        var result = new AllureTestResult
        {
            Uuid = uuid.ToString(),
            HistoryId = identity.HistoryId,
            TestCaseId = identity.TestCaseId,
            FullName = identity.FullName,
            Name = test.DisplayName,
            TitlePath = identity.TitlePath,
            Status = outcome.Status,
            StatusDetails = Details(outcome, row),
            Description = row?.Describe(run),
            Labels = AllureLabels.Of(test, outcome, row?.Result, run.MachineClass ?? "unknown"),
            Parameters =
            [
                .. test.Arguments.Select(argument => new AllureParameter(argument.Key, AllureIdentity.Value(argument.Value))),
                .. row?.Measured ?? [],
                .. outcome.Categories.Contains(CategoryName.Perf) ? Hidden(test) : [],
            ],
            Steps = row?.Steps(outcome.Status) ?? [],
            Attachments = attachments,
            Start = outcome.Start.ToUnixTimeMilliseconds(),
            Stop = outcome.Stop.ToUnixTimeMilliseconds(),
        };
        written.Add(AtomicFile.Write(ResultPath(uuid), ReportJson.Write(result)));
        return written;
    }

    /// <summary>Removes the result of one test; attachments stay, because another result may name them.</summary>
    public void Remove(TestIdentity test) => File.Delete(ResultPath(UuidOf(AllureIdentity.Of(test))));

    /// <summary>
    /// Removes results and attachments of performance rows that earlier runs left. Otherwise rows that no longer exist, or that replayed
    /// another trace, would look as if this run had measured them. Results of other tests and files of other tools stay.
    /// </summary>
    public void RemovePerformanceResults() => Remove(earlier => earlier.IsPerformance);

    /// <summary>
    /// Removes results and attachments of this project's tests that no longer exist. Otherwise a report would count the last failure of a
    /// renamed test for ever. Results of other projects' tests stay.
    /// </summary>
    public void RemoveResultsOfMissingTests() => Remove(earlier => !earlier.IsPerformance
        && OwnTestMethods.IsOfThisAssembly(earlier.FullName) && !OwnTestMethods.Contains(earlier.FullName));

    /// <summary>
    /// Adds a tag to the performance results of earlier runs, so that a report of a run of some rows does not show the other rows as its
    /// own.
    /// </summary>
    public void MarkEarlierResults()
    {
        foreach (var file in Directory.Exists(path) ? Directory.GetFiles(path, "*-result.json") : [])
        {
            if (EarlierResult.Read(file) is { IsPerformance: true } earlier && run.RunId is not null && earlier.RunId != run.RunId
                && JsonNode.Parse(File.ReadAllText(file)) is JsonObject result && result["labels"] is JsonArray labels
                && !labels.Any(label => (string?)label?["name"] == "tag" && (string?)label["value"] == EarlierTag))
            {
                labels.Add(new JsonObject { ["name"] = "tag", ["value"] = EarlierTag });
                AtomicFile.Write(file, ReportJson.Write(result));
            }
        }
    }

    /// <summary>Removes a file that describes the whole run.</summary>
    public void Remove(string name)
    {
        if (Directory.Exists(path))
        {
            File.Delete(Path.Combine(path, name));
        }
    }

    /// <summary>Writes a file that describes the whole run.</summary>
    /// <returns>Path of the file.</returns>
    public string Write(string name, string text) => AtomicFile.Write(Path.Combine(path, name), text);

    /// <summary>
    /// Returns parameters that Allure does not show: the run, and the place of the row in the order of reports. The overview reads them.
    /// </summary>
    private IEnumerable<AllureParameter> Hidden(TestIdentity test)
    {
        var order = s_order.Value.TryGetValue(test.DisplayName, out var index) ? index.ToString(CultureInfo.InvariantCulture) : null;
        return new[] { (Name: RunParameter, Value: run.RunId), (Name: OrderParameter, Value: order) }
            .Where(parameter => parameter.Value is not null)
            .Select(parameter => new AllureParameter(parameter.Name, parameter.Value!) { Excluded = true, Mode = "hidden" });
    }

    private void Remove(Func<EarlierResult, bool> isUnwanted)
    {
        foreach (var file in Directory.Exists(path) ? Directory.GetFiles(path, "*-result.json") : [])
        {
            if (EarlierResult.Read(file) is { } earlier && isUnwanted(earlier))
            {
                foreach (var attachment in earlier.AttachmentFiles)
                {
                    File.Delete(Path.Combine(path, attachment));
                }

                File.Delete(file);
            }
        }
    }

    private string ResultPath(Guid uuid) => Path.Combine(path, $"{uuid:N}-result.json");

    private static Guid UuidOf(AllureIdentity identity) => Guid.ParseExact(identity.HistoryId, "N");

    private static AllureStatusDetails? Details(TestOutcome outcome, AllureRow? row)
    {
        var message = outcome.Message ?? row?.Result.Judgement?.Message;
        var isDifference = outcome.Status == AllureStatus.Failed && row is not null;
        return message is null && outcome.Trace is null ? null : new AllureStatusDetails
        {
            Message = message,
            Trace = outcome.Trace,
            Actual = isDifference ? row!.Actual : null,
            Expected = isDifference ? row!.Expected : null,
        };
    }

    private static IEnumerable<(string Name, string Extension, string Type, string Text)> Texts(TestOutcome outcome, AllureRow? row)
    {
        foreach (var attachment in row?.Attachments ?? [])
        {
            yield return attachment;
        }

        foreach (var (name, table) in outcome.Tables)
        {
            yield return table.StartsWith("<svg", StringComparison.Ordinal)
                ? (name, ".svg", "image/svg+xml", table)
                : (name, ".md", "text/markdown", table);
        }

        if (outcome.Output is { Length: > 0 } output)
        {
            yield return ("Output", ".txt", "text/plain", output);
        }
    }
}
