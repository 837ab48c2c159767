using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Writes JSON for report formats: camel case, without nulls, without needless escapes.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = new KeyNames(JsonNamingPolicy.CamelCase),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly JsonSerializerOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the content of a JSON file.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, s_options) + "\n";

    /// <summary>Returns JSON on one line, without spaces.</summary>
    public static string WriteCompact<T>(T value) => JsonSerializer.Serialize(value, s_compact);
}
