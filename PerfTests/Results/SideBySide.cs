using System.Text.Json.Serialization;

namespace PerfTests.Results;

/// <summary>Two rows that were measured side by side.</summary>
/// <param name="Slow">Row whose time is the dividend of the ratio.</param>
/// <param name="Fast">Row whose time is the divisor.</param>
public sealed record SideBySide([property: JsonRequired] SideBySideRow Slow, [property: JsonRequired] SideBySideRow Fast);

/// <summary>One of two rows that were measured side by side.</summary>
/// <param name="Name">Key of the row.</param>
/// <param name="Value">Value of this measurement, in the row's unit.</param>
/// <param name="Unit">Name of the unit.</param>
public sealed record SideBySideRow(
    [property: JsonRequired] string Name, [property: JsonRequired] double Value, [property: JsonRequired] string Unit);
