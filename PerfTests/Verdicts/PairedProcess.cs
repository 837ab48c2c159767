namespace PerfTests.Verdicts;

/// <summary>Samples of a row by one fresh process, all versions interleaved, each with the same number of layout copies.</summary>
/// <param name="Baseline">Copies of the version that is compared with.</param>
/// <param name="Candidate">Copies of the version that is judged.</param>
/// <param name="Control">
/// Further copies of the baseline, for the A/A control: a difference between the baseline and these is measurement error.
/// </param>
public sealed record PairedProcess(
    IReadOnlyList<CopySamples> Baseline, IReadOnlyList<CopySamples> Candidate, IReadOnlyList<CopySamples> Control);
