namespace PerfTests.Tests.Results;

/// <summary>Builds seed files: results files in the format of the scripts that this suite replaces.</summary>
internal static class SeedJson
{
    /// <summary>Returns a file with these rows. The part of a row is the JSON after <c>"value": </c>.</summary>
    public static string Of(params (string Key, string Part)[] rows) => WithTop(string.Empty, rows);

    /// <summary>Returns a file that begins with the keys in <paramref name="top"/>, which ends with a comma, and has these rows.</summary>
    public static string WithTop(string top, params (string Key, string Part)[] rows)
    {
        var entries = rows.Select(row => $$""" "{{row.Key}}": { "name": "{{row.Key}}", "value": {{row.Part}} } """);
        return $$"""{ {{top}} "metrics": { {{string.Join(",\n", entries)}} } }""";
    }
}
