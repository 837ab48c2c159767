using System.Text.Json.Serialization;

namespace PerfTests.Results;

/// <summary>Why a row ended without a value.</summary>
/// <param name="Label">The row, for messages.</param>
/// <param name="Outcome">What kept it from having one.</param>
/// <param name="Reason">The sentence that says so.</param>
public sealed record NotMeasured(
    [property: JsonRequired] string Label, [property: JsonRequired] NotMeasuredOutcome Outcome, [property: JsonRequired] string Reason);
