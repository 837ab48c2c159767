namespace PerfTests.Tests.Results;

/// <summary>Files of the seed's shape, for tests.</summary>
internal static class SeedJson
{
    /// <summary>Returns a file of these rows; a part is what follows <c>"value": </c>.</summary>
    public static string Of(params (string Key, string Part)[] rows) => WithTop(string.Empty, rows);

    /// <summary>Returns a file of these rows that begins with other keys, each with its comma.</summary>
    public static string WithTop(string top, params (string Key, string Part)[] rows)
    {
        var entries = rows.Select(row => $$""" "{{row.Key}}": { "name": "{{row.Key}}", "value": {{row.Part}} } """);
        return $$"""{ {{top}} "metrics": { {{string.Join(",\n", entries)}} } }""";
    }
}
