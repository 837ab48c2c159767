namespace PerfTests.Model;

/// <summary>Facts about a row that a reader of results files checks the file against.</summary>
/// <param name="Key">The key that stands for all spellings of the row.</param>
/// <param name="Unit">Unit of its values.</param>
/// <param name="BytesPerOperation">Bytes that an operation copies; converts times into bandwidths.</param>
public sealed record KnownRow(string Key, MetricUnit Unit, long BytesPerOperation);
