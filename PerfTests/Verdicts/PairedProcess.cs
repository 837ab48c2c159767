namespace PerfTests.Verdicts;

/// <summary>What one fresh process measured of a row, chunks of all versions interleaved.</summary>
/// <param name="Base">Copies of the version that is compared with.</param>
/// <param name="Candidate">As many copies of the version that is judged.</param>
/// <param name="Twin">As many copies of the base again, which tell how far this machine is from seeing no difference where there is none.</param>
public sealed record PairedProcess(
    IReadOnlyList<CopySamples> Base, IReadOnlyList<CopySamples> Candidate, IReadOnlyList<CopySamples> Twin);
