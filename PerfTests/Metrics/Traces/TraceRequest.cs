namespace PerfTests.Metrics.Traces;

/// <summary>Request of a KV-cache trace.</summary>
/// <param name="Timestamp">Time of arrival, in milliseconds from the start of the trace; null if the line has no timestamp.</param>
/// <param name="InputLength">Number of tokens of the prompt.</param>
/// <param name="OutputLength">Number of tokens that were generated.</param>
/// <param name="HashIds">
/// Numbers, from 0, of the blocks into which the prompt is divided, each of <see cref="TokensPerBlock"/> tokens. Blocks with equal
/// numbers hold equal prefixes and can be reused.
/// </param>
public sealed record TraceRequest(double? Timestamp, long InputLength, long OutputLength, int[] HashIds)
{
    /// <summary>Number of tokens in a block; Mooncake (FAST'25, section 4) hashes prompts in blocks of this size.</summary>
    public const int TokensPerBlock = 512;
}
