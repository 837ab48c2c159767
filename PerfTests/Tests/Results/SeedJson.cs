namespace PerfTests.Tests.Results;

/// <summary>Builds files in the seed's format.</summary>
internal static class SeedJson
{
    /// <summary>Returns a file of these rows; each part is the JSON after <c>"value": </c>.</summary>
    public static string Of(params (string Key, string Part)[] rows) => WithTop(string.Empty, rows);

    /// <summary>Returns a file of these rows that begins with further keys; <paramref name="top"/> ends with a comma.</summary>
    public static string WithTop(string top, params (string Key, string Part)[] rows)
    {
        var entries = rows.Select(row => $$""" "{{row.Key}}": { "name": "{{row.Key}}", "value": {{row.Part}} } """);
        return $$"""{ {{top}} "metrics": { {{string.Join(",\n", entries)}} } }""";
    }
}
