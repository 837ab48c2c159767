using System.Text.Json;

namespace PerfTests.Reporting.Allure;

/// <summary>What a result that lies in Allure's folder says of itself, as far as cleaning up needs it.</summary>
/// <param name="IsPerformance">True if this suite wrote it for a performance row.</param>
/// <param name="AttachmentFiles">The files that it names.</param>
internal sealed record EarlierResult(bool IsPerformance, IReadOnlyList<string> AttachmentFiles)
{
    /// <summary>Namespaces of the theories; versions until November 2026 had them in the second one.</summary>
    private static readonly string[] s_packages = ["PerfTests.Theories.", "PerfTests.Metrics."];

    /// <summary>Reads a result; null if the file is none.</summary>
    public static EarlierResult? Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var labels = Items(document.RootElement, "labels").Select(label => (Name: Text(label, "name"), Value: Text(label, "value"))).ToArray();
            return new EarlierResult(
                labels.Contains(("tag", CategoryName.Perf)) && Array.Exists(labels, label => label.Name == "package" && Array.Exists(s_packages, package => label.Value.StartsWith(package, StringComparison.Ordinal))),
                [.. Items(document.RootElement, "attachments").Select(attachment => Text(attachment, "source")).Where(IsPlainName)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException)
        {
            // Whatever it is, it is not ours to judge.
            return null;
        }
    }

    /// <summary>A result that somebody made up must not have files elsewhere deleted.</summary>
    private static bool IsPlainName(string name) => name.Length > 0 && name == Path.GetFileName(name);

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) ? items.EnumerateArray().ToArray() : [];

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) ? text.GetString() ?? string.Empty : string.Empty;
}
