using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PerfTests.Results;

/// <summary>Reads and writes result and baseline files.</summary>
public static class ResultsFile
{
    /// <summary>A committed baseline is some 100 KB; what is larger than this is not one.</summary>
    private const long MaximumByteCount = 64 << 20;

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new CompactNumbersConverter() },
    };

    /// <summary>Gets the same shape, on one line.</summary>
    internal static JsonSerializerOptions LineOptions { get; } = new(s_options) { WriteIndented = false };

    /// <summary>Reads a file of ours or of the seed's shape.</summary>
    /// <exception cref="ResultsFileException">It cannot be used; the message says why and what to do.</exception>
    public static ResultsDocument Read(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length > MaximumByteCount)
            {
                throw new ResultsFileException(path, $"it has {length:N0} bytes, which no results file has");
            }

            using var stream = File.OpenRead(path);
            var document = JsonSerializer.Deserialize<ResultsDocument>(stream, s_options)
                ?? throw new ResultsFileException(path, "it holds the word null");
            ResultsValidation.Check(path, document);
            return document;
        }
        catch (JsonException e)
        {
            throw new ResultsFileException(path, $"it is not a results file: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsFileException(path, $"it cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes a file as a whole or not at all: a crash while writing leaves the previous file as it was.</summary>
    public static void Write(string path, ResultsDocument document)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);

        // Two writers, be they of one process, must not share it.
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                JsonSerializer.Serialize(stream, document, s_options);
                stream.Write("\n"u8);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
