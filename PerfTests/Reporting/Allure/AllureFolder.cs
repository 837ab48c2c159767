using PerfTests.Files;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// Writes Allure's results into a folder. The result file of a test is named after the test's id, so a second run or a second report
/// replaces this file. Allure would show a further file of the same test as a retry.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="host">Name of the machine in Allure's timeline.</param>
public sealed class AllureFolder(string path, string host)
{
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
            Description = row?.Description,
            Labels = AllureLabels.Of(test, outcome, row?.Result, host),
            Parameters =
            [
                .. test.Arguments.Select(argument => new AllureParameter(argument.Key, AllureIdentity.Value(argument.Value))),
                .. row?.Measured ?? [],
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
    public void RemovePerformanceResults()
    {
        foreach (var file in Directory.Exists(path) ? Directory.GetFiles(path, "*-result.json") : [])
        {
            if (EarlierResult.Read(file) is { IsPerformance: true } earlier)
            {
                foreach (var attachment in earlier.AttachmentFiles)
                {
                    File.Delete(Path.Combine(path, attachment));
                }

                File.Delete(file);
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
            yield return (name, ".md", "text/markdown", table);
        }

        if (outcome.Output is { Length: > 0 } output)
        {
            yield return ("Output", ".txt", "text/plain", output);
        }
    }
}
