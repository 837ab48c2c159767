namespace PerfTests.Metrics.Traces;

/// <summary>Request of a KV-cache trace.</summary>
/// <param name="Timestamp">Arrival, in milliseconds from the start of the trace; null if the trace has none.</param>
/// <param name="InputLength">Number of tokens of the prompt.</param>
/// <param name="OutputLength">Number of tokens that were generated.</param>
/// <param name="HashIds">
/// Numbers of the prompt's blocks of <see cref="TokensPerBlock"/> tokens, from 0. Blocks with equal numbers hold equal prefixes and
/// can be reused.
/// </param>
public sealed record TraceRequest(double? Timestamp, long InputLength, long OutputLength, int[] HashIds)
{
    /// <summary>Number of tokens in a block; Mooncake (FAST'25, section 4) hashes prompts in blocks of this size.</summary>
    public const int TokensPerBlock = 512;
}
