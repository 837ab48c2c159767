using System.Text.Json;

namespace PerfTests.Tests.Reporting;

/// <summary>Reads Allure's results in the way a report generator does.</summary>
internal static class AllureFolderReader
{
    public static IReadOnlyList<JsonElement> Results(string folder) =>
        [.. Directory.GetFiles(folder, "*-result.json").Order(StringComparer.Ordinal).Select(Read)];

    public static JsonElement Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.GetProperty(name).EnumerateArray();
}
