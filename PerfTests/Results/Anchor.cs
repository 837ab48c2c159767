using PerfTests.Verdicts;

namespace PerfTests.Results;

/// <summary>
/// Oldest accepted result of a row since its last improvement or accepted regression. Every accepted run may be a little slower than
/// the run before it. Comparing with the anchor shows the sum of these slowdowns.
/// </summary>
public sealed record Anchor
{
    /// <summary>Value in the row's unit.</summary>
    public required double Value { get; init; }

    /// <summary>Measurements of the row without their samples; null for a count.</summary>
    public IReadOnlyList<LaunchResult>? Launches { get; init; }

    /// <summary>Commit and time of the measurement.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>
    /// Returns the anchor of a result that replaces a stored one. Returns null if the new result is its own anchor: it is the first
    /// result of the row, it cannot be compared with the stored one, it has improved and is not worse than the stored anchor, or a
    /// regression was accepted.
    /// </summary>
    /// <param name="stored">Result that is replaced, with its origin; null if the baseline has none.</param>
    /// <param name="result">New result, with the verdict of its run.</param>
    /// <param name="isWorseOnPurpose">True if the new result is worse, and was accepted for a reason.</param>
    public static Anchor? For(MetricResult? stored, MetricResult result, bool isWorseOnPurpose)
    {
        ArgumentNullException.ThrowIfNull(result);
        return stored is null
            || isWorseOnPurpose
            || (result.Judgement?.Verdict == Verdict.Improved && !IsWorse(result, stored.Anchor, stored))
            || stored.Unit != result.Unit
            || stored.Workload != result.Workload
            || stored.CompilationTarget != result.CompilationTarget
            || stored.IsMeasured != result.IsMeasured
                ? null
                : stored.Anchor ?? Of(stored);
    }

    /// <summary>
    /// Returns true if a result is still worse than an anchor. Without this check, small improvements between small slowdowns would
    /// raise the anchor again and again.
    /// </summary>
    private static bool IsWorse(MetricResult result, Anchor? anchor, MetricResult stored)
    {
        if (anchor is null || MetricUnit.Find(result.Unit) is not { } unit)
        {
            return false;
        }

        var oldest = stored with { Value = anchor.Value, Launches = anchor.Launches };
        var (now, then) = (result.ValueAtReferenceSpeed ?? result.Value, oldest.ValueAtReferenceSpeed ?? oldest.Value);
        return unit.Better == Direction.Lower ? now > then : now < then;
    }

    private static Anchor? Of(MetricResult stored) => stored.Provenance is not { } provenance ? null : new Anchor
    {
        Value = stored.Value,
        Launches = stored.Launches is { } launches ? [.. launches.Select(launch => launch with { SampleNanoseconds = [] })] : null,
        Provenance = provenance,
    };
}
