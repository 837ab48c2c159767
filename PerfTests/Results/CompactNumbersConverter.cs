using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PerfTests.Results;

/// <summary>
/// Writes a list of samples on one line, with five significant digits. With one sample per line, thousands of lines would hide the
/// rest of the file.
/// </summary>
internal sealed class CompactNumbersConverter : JsonConverter<IReadOnlyList<double>>
{
    public override IReadOnlyList<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"A list of numbers was expected, found {reader.TokenType}.");
        }

        var numbers = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(reader.TokenType == JsonTokenType.Number
                ? reader.GetDouble()
                : throw new JsonException($"A number was expected, found {reader.TokenType}."));
        }

        return numbers;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options) =>
        writer.WriteRawValue($"[{string.Join(", ", value.Select(number => number.ToString("G5", CultureInfo.InvariantCulture)))}]");
}
