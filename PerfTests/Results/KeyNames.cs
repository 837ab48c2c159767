using System.Text.Json;

namespace PerfTests.Results;

/// <summary>
/// Names the JSON keys of the results model. A property that was renamed keeps the key that its first name had, because other people's
/// files and dashboards use that key.
/// </summary>
/// <param name="style">Spelling of keys: snake case in results files, camel case in attachments of reports.</param>
public sealed class KeyNames(JsonNamingPolicy style) : JsonNamingPolicy
{
    private static readonly Dictionary<string, string> s_firstNames = new(StringComparer.Ordinal)
    {
        [nameof(LaunchResult.MinimumNanoseconds)] = "FloorNanoseconds",
        [nameof(LaunchResult.CalibrationNanoseconds)] = "ReferenceNanoseconds",
        [nameof(LaunchResult.ParallelCalibrationNanoseconds)] = "ParallelReferenceNanoseconds",
        [nameof(PairedResult.Baseline)] = "Base",
        [nameof(PairedResult.MinimaPercent)] = "FloorPercent",
        [nameof(PairedResult.PairsPercent)] = "PairPercent",
        [nameof(PairedResult.ControlMinimaPercent)] = "SameFloorPercent",
        [nameof(PairedResult.ControlPairsPercent)] = "SamePairPercent",
        [nameof(PairedResult.MinimaNanoseconds)] = "FloorNanoseconds",
    };

    /// <inheritdoc/>
    public override string ConvertName(string name) => style.ConvertName(s_firstNames.GetValueOrDefault(name) ?? name);
}
