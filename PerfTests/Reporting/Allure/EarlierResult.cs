using System.Text.Json;

namespace PerfTests.Reporting.Allure;

/// <summary>Facts about a result file of an earlier run that are needed to remove or to mark this file.</summary>
/// <param name="IsPerformance">True if this suite wrote the file for a performance row.</param>
/// <param name="FullName">Name of the assembly, and name of the method with its parameter types.</param>
/// <param name="RunId">Identifier of the run that wrote the file; null if the file has none.</param>
/// <param name="AttachmentFiles">Names of the files that are attached to the result.</param>
internal sealed record EarlierResult(bool IsPerformance, string FullName, string? RunId, IReadOnlyList<string> AttachmentFiles)
{
    /// <summary>Namespaces of the tests of performance rows. Results from before November 2026 have the second namespace.</summary>
    private static readonly string[] s_packages = ["PerfTests.Theories.", "PerfTests.Metrics."];

    /// <summary>Reads a file; returns null if the file is not a result of Allure.</summary>
    public static EarlierResult? Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var root = document.RootElement;
            var labels = Items(root, "labels").Select(label => (Name: Text(label, "name"), Value: Text(label, "value"))).ToArray();
            return new EarlierResult(
                labels.Contains(("tag", CategoryName.Perf))
                    && Array.Exists(labels, label => label.Name == "package" && IsPerformancePackage(label.Value)),
                Text(root, "fullName"),
                Items(root, "parameters").Where(parameter => Text(parameter, "name") == AllureFolder.RunParameter)
                    .Select(parameter => Text(parameter, "value")).FirstOrDefault(),
                [.. Items(root, "attachments").Select(attachment => Text(attachment, "source")).Where(IsPlainName)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException)
        {
            // A file of another tool stays in the folder.
            return null;
        }
    }

    private static bool IsPerformancePackage(string package) =>
        Array.Exists(s_packages, start => package.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Tells whether a name contains no folder. A forged result must not cause deletions outside the results folder.</summary>
    private static bool IsPlainName(string name) => name.Length > 0 && name == Path.GetFileName(name);

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) ? items.EnumerateArray().ToArray() : [];

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) ? text.GetString() ?? string.Empty : string.Empty;
}
