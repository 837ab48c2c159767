namespace PerfTests.Baselines;

/// <summary>Reason for accepting values that are worse than the accepted ones.</summary>
/// <param name="Reason">The reason, which the baseline keeps.</param>
/// <param name="By">Person who started the run; null if unknown.</param>
public sealed record Consent(string Reason, string? By)
{
    /// <summary>Returns the consent that a reason gives; null if the reason is empty.</summary>
    public static Consent? For(string? reason, string? by = null) => string.IsNullOrWhiteSpace(reason) ? null : new Consent(reason, by);
}
