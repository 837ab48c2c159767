using System.Text.Json.Serialization;

namespace PerfTests.Results;

/// <summary>Reason why a row ended without a value.</summary>
/// <param name="Label">Name of the row in messages.</param>
/// <param name="Outcome">Kind of the reason.</param>
/// <param name="Reason">Sentence that states the reason.</param>
public sealed record NotMeasured(
    [property: JsonRequired] string Label, [property: JsonRequired] NotMeasuredOutcome Outcome, [property: JsonRequired] string Reason);
