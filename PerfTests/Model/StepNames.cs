namespace PerfTests.Model;

/// <summary>The names of steps that reports look for.</summary>
internal static class StepNames
{
    /// <summary>Comparing with the baseline, with all measuring again that it asks for.</summary>
    public const string Judge = "Judge";

    /// <summary>Finding what to compare with.</summary>
    public const string LoadBaseline = "Load baseline";
}
