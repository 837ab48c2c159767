namespace PerfTests.Model;

/// <summary>Facts about a row, against which a results file is checked.</summary>
/// <param name="Key">Common key of the row: every other spelling of the key is read as this one.</param>
/// <param name="Unit">Unit of its values.</param>
/// <param name="BytesPerOperation">Bytes that an operation copies; used to convert times into bandwidths.</param>
public sealed record KnownRow(string Key, MetricUnit Unit, long BytesPerOperation);
