using System.Text.Json;

namespace PerfTests.Metrics.Traces;

/// <summary>
/// Parses the lines of one trace in the format of Mooncake's published traces. The id of a block is an opaque token, which is a
/// number of any size or a text. Blocks are numbered in the order in which the trace first refers to them.
/// </summary>
internal sealed class TraceParser
{
    private static readonly JsonDocumentOptions s_options = new() { AllowDuplicateProperties = false };

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Parses one line.</summary>
    /// <exception cref="FormatException">The line is not a valid request. The message gives the reason.</exception>
    public TraceRequest Parse(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, s_options);
            var request = json.RootElement;
            return request.ValueKind == JsonValueKind.Object
                ? new(TimestampOf(request), LengthOf(request, "input_length"), LengthOf(request, "output_length"), IdsOf(request))
                : throw new FormatException("it is not a JSON object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text has half a surrogate pair.
            throw new FormatException(e.Message.TrimEnd('.'), e);
        }
    }

    private static double? TimestampOf(JsonElement request) => Find(request, "timestamp") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value => value.GetDouble(),
        _ => throw new FormatException("timestamp is not a number"),
    };

    private static long LengthOf(JsonElement request, string key) =>
        Find(request, key) is { ValueKind: JsonValueKind.Number } value && value.GetDouble() is >= 0 and <= int.MaxValue and var length
            ? (long)length
            : throw new FormatException($"{key} is not a number from 0 to {int.MaxValue}");

    private int[] IdsOf(JsonElement request) => Find(request, "hash_ids") switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } ids => [.. ids.EnumerateArray().Select(NumberOf)],
        _ => throw new FormatException("hash_ids is not a list"),
    };

    private int NumberOf(JsonElement id)
    {
        // The raw text of a number keeps every digit. The quote distinguishes the text "1" from the number 1.
        var token = id.ValueKind switch
        {
            JsonValueKind.Number => id.GetRawText(),
            JsonValueKind.String => $"\"{id.GetString()}",
            _ => throw new FormatException("hash_ids has an entry that is neither a number nor a text"),
        };
        if (!_numbers.TryGetValue(token, out var number))
        {
            _numbers.Add(token, number = _numbers.Count);
        }

        return number;
    }

    private static JsonElement? Find(JsonElement request, string key) =>
        request.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
