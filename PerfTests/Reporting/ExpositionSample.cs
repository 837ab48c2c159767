namespace PerfTests.Reporting;

/// <summary>Sample in the text formats of Prometheus and OpenMetrics, with the properties of its metric family.</summary>
/// <param name="Family">Name of the family.</param>
/// <param name="Help">Description of the family.</param>
/// <param name="Labels">Names and values of the labels, in the order in which they are written.</param>
/// <param name="Value">Value of the sample.</param>
internal sealed record ExpositionSample(string Family, string Help, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value)
{
    /// <summary>Unit that the family's name ends with; null if the values have no unit.</summary>
    public string? Unit { get; init; }
}
