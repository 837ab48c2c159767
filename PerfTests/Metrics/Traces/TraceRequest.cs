using System.Text.Json.Serialization;

namespace PerfTests.Metrics.Traces;

/// <summary>One line of a KV-cache trace, in the format that Mooncake publishes its traces in.</summary>
/// <param name="Timestamp">Arrival, in milliseconds from the start of the trace.</param>
/// <param name="InputLength">Tokens of the prompt.</param>
/// <param name="OutputLength">Tokens that were generated.</param>
/// <param name="HashIds">The prompt's blocks of <see cref="TokensPerBlock"/> tokens; equal ids hold equal prefixes and can be reused.</param>
public sealed record TraceRequest(
    [property: JsonPropertyName("timestamp"), JsonRequired] long Timestamp,
    [property: JsonPropertyName("input_length"), JsonRequired] int InputLength,
    [property: JsonPropertyName("output_length"), JsonRequired] int OutputLength,
    [property: JsonPropertyName("hash_ids"), JsonRequired] int[] HashIds)
{
    /// <summary>Tokens in a block; Mooncake (FAST'25, section 4) hashes prompts in blocks of this size.</summary>
    public const int TokensPerBlock = 512;
}
