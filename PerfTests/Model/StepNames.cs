namespace PerfTests.Model;

/// <summary>Names of those steps of the work on a row that reports look up by name.</summary>
internal static class StepNames
{
    /// <summary>Comparison with the baseline, including measurements that confirm it.</summary>
    public const string Judge = "Judge";

    /// <summary>Search for the stored result to compare with.</summary>
    public const string LoadBaseline = "Load baseline";
}
