namespace PerfTests.Measurement;

/// <summary>This machine lacks what a measurement takes, which says nothing about the code: the row is skipped.</summary>
/// <param name="reason">What is missing, and what would help.</param>
internal sealed class CannotMeasureHereException(string reason) : Exception(reason);
