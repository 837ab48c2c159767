namespace PerfTests.Verdicts;

/// <summary>Samples of a row from one fresh process. All versions ran interleaved, each with the same number of layout copies.</summary>
/// <param name="Baseline">Layout copies of the baseline.</param>
/// <param name="Candidate">Layout copies of the candidate, which is judged.</param>
/// <param name="Control">
/// Further layout copies of the baseline, for the A/A control. Any difference between them and <c>Baseline</c> is an error.
/// </param>
public sealed record PairedProcess(
    IReadOnlyList<CopySamples> Baseline, IReadOnlyList<CopySamples> Candidate, IReadOnlyList<CopySamples> Control)
{
    /// <summary>True if each version has at least one layout copy, and all samples can have been measured.</summary>
    public bool IsPossible => new[] { Baseline, Candidate, Control }.All(copies => copies.Count > 0 && copies.All(copy => copy.IsPossible));
}
