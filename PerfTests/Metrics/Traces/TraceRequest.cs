namespace PerfTests.Metrics.Traces;

/// <summary>One request of a KV-cache trace.</summary>
/// <param name="Timestamp">Arrival, in milliseconds from the start of the trace; null where the trace does not say it.</param>
/// <param name="InputLength">Tokens of the prompt.</param>
/// <param name="OutputLength">Tokens that were generated.</param>
/// <param name="HashIds">The prompt's blocks of <see cref="TokensPerBlock"/> tokens, numbered from 0; equal numbers hold equal
/// prefixes and can be reused.</param>
public sealed record TraceRequest(double? Timestamp, long InputLength, long OutputLength, int[] HashIds)
{
    /// <summary>Tokens in a block; Mooncake (FAST'25, section 4) hashes prompts in blocks of this size.</summary>
    public const int TokensPerBlock = 512;
}
