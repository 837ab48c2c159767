using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PerfTests.Files;

namespace PerfTests.Results;

/// <summary>Reads and writes results files and baselines.</summary>
public static class ResultsFile
{
    /// <summary>Size of the largest file that is read. A committed baseline has about 100 KB.</summary>
    private const long MaximumByteCount = 64 << 20;

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = new KeyNames(JsonNamingPolicy.SnakeCaseLower),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new CompactNumbersConverter() },
    };

    /// <summary>Gets options that write the same JSON on one line.</summary>
    internal static JsonSerializerOptions LineOptions { get; } = new(s_options) { WriteIndented = false };

    /// <summary>Reads a results file of this suite or a seed file. Rows that cannot be used are listed with the reason.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">
    /// Returns known facts about the row of a key. With these facts, the reader also detects a row that the file has under two
    /// spellings, a wrong unit, and a bandwidth that differs from the one that the launches measured.
    /// </param>
    /// <exception cref="ResultsFileException">The file cannot be used; the message says why and what to do.</exception>
    public static ResultsDocument Read(string path, Func<string, KnownRow?>? known = null)
    {
        try
        {
            var json = ReadBytes(path);
            var version = JsonSerializer.Deserialize<Versioned>(json, s_options) is { } versioned
                ? versioned.SchemaVersion ?? 0
                : throw new ResultsFileException(path, "it contains only the word null");
            if (version is < 0 or > ResultsDocument.CurrentSchemaVersion)
            {
                throw new ResultsFileException(
                    path,
                    $"its schema version is {version}, expected at most {ResultsDocument.CurrentSchemaVersion}; update the suite");
            }

            var document = version == 0
                ? SeedFile.Parse(json, s_options, File.GetLastWriteTimeUtc(path))
                : JsonSerializer.Deserialize<ResultsDocument>(json, s_options)!;
            return ResultsValidation.Check(path, document, known ?? (_ => null));
        }
        catch (JsonException e)
        {
            throw new ResultsFileException(path, $"it is not a results file: {e.Message.TrimEnd('.')}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = Directory.Exists(path) ? "it is a folder"
                : File.Exists(path) ? $"it cannot be read ({e.Message.TrimEnd('.')})"
                : "there is no such file";
            throw new ResultsFileException(path, reason, e);
        }
    }

    /// <summary>Writes a file atomically: a crash while writing leaves the previous file unchanged.</summary>
    /// <exception cref="UnwritableFileException">The file cannot be written.</exception>
    public static void Write(string path, ResultsDocument document) => AtomicFile.Write(
        path,
        stream =>
        {
            JsonSerializer.Serialize(stream, document, s_options);
            stream.Write("\n"u8);
        },
        isDurable: true);

    private static ReadOnlySpan<byte> ReadBytes(string path)
    {
        var length = new FileInfo(path).Length;
        if (length > MaximumByteCount)
        {
            throw new ResultsFileException(path, $"it has {length:N0} bytes, expected at most {MaximumByteCount:N0}");
        }

        var bytes = File.ReadAllBytes(path).AsSpan();
        return bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
    }

    private sealed record Versioned(int? SchemaVersion);
}
