namespace PerfTests.Model;

/// <summary>Names of the steps that reports find by name.</summary>
internal static class StepNames
{
    /// <summary>Comparison with the baseline, including measurements that confirm it.</summary>
    public const string Judge = "Judge";

    /// <summary>Search for the stored result to compare with.</summary>
    public const string LoadBaseline = "Load baseline";
}
