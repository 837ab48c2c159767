namespace PerfTests.Results;

/// <summary>Finds contents of a row that no measurement can have produced.</summary>
internal static class RowValidation
{
    /// <summary>Largest relative difference between a value and its launches. A file may hold values with only three digits.</summary>
    private const double LargestRounding = 0.01;

    /// <summary>Returns the first reason why a row cannot be used; null if the row can be used.</summary>
    /// <param name="key">Key of the row.</param>
    /// <param name="row">The row.</param>
    /// <param name="known">Facts that the row must agree with; null if the key is unknown.</param>
    /// <param name="unit">Unit that the row states by name or by symbol; null if the suite has no such unit.</param>
    public static string? FindFault(string key, MetricResult? row, KnownRow? known, out MetricUnit? unit)
    {
        unit = row?.Unit is { } text ? MetricUnit.Find(text) : null;
        if (row is not { Name: not null, Unit: not null })
        {
            return "it lacks a name, a number as its value, or a unit";
        }

        if (row.Name != key)
        {
            return $"its name is \"{row.Name}\", expected its key";
        }

        return unit is null
            ? $"its unit is \"{row.Unit}\", expected one of {string.Join(", ", MetricUnit.ByName.Keys)}"
            : UnitFault(row, unit, known) ?? NumberFault(row, unit) ?? NullFault(row) ?? Contradiction(row, unit, known);
    }

    private static string? UnitFault(MetricResult row, MetricUnit unit, KnownRow? known) =>
        known is not null && known.Unit != unit ? $"its unit is \"{row.Unit}\", expected \"{known.Unit.Name}\""
        : row.Direction is { } direction && direction != unit.Better
            ? $"its direction is {direction}, and {unit.Name} improves the other way"
        : null;

    private static string? NullFault(MetricResult row) =>
        row.Judgement is { Message: null } ? "it has a judgement without a message"
        : row.Judgement?.Methods?.Any(method => method?.Method is null) == true ? "it has a changed method without a name"
        : row.SideBySide is { } both && (both.Slow?.Name is null || both.Fast?.Name is null)
            ? "it lacks a row that was measured side by side"
        : row.Launches?.Any(launch => launch?.SampleNanoseconds is null) == true ? "it has a launch that is null"
        : row.Anchor is { Provenance: null } || row.Anchor?.Launches?.Contains(null!) == true ? "its anchor is incomplete"
        : null;

    private static string? NumberFault(MetricResult row, MetricUnit unit) =>
        Numbers(row, unit).Select(Fault).FirstOrDefault(fault => fault is not null);

    /// <summary>
    /// Lists the numbers of a row. Each must be finite and must not be negative. A time, a rate or a ratio must not be zero either,
    /// because zero cannot have been measured.
    /// </summary>
    private static IEnumerable<(string Name, double Value, bool MayBeZero)> Numbers(MetricResult row, MetricUnit unit)
    {
        yield return ("value", row.Value, unit.IsCount);
        yield return ("tolerance_percent", row.TolerancePercent ?? 0, true);
        foreach (var sample in (row.Judgement?.BaselineSampleNanoseconds ?? []).SelectMany(copy => copy ?? []))
        {
            yield return ("baseline_sample_nanoseconds", sample, false);
        }

        foreach (var sample in (row.Judgement?.CandidateSampleNanoseconds ?? []).SelectMany(copy => copy ?? []))
        {
            yield return ("candidate_sample_nanoseconds", sample, false);
        }

        yield return ("limit_percent", row.Judgement?.LimitPercent ?? 0, true);
        yield return ("limit_amount", row.Judgement?.LimitAmount ?? 0, true);
        yield return ("candidate_value", row.Judgement?.Paired?.CandidateValue ?? 1, unit.IsCount);
        yield return ("candidate_value", row.Judgement?.CandidateValue ?? 1, unit.IsCount);
        yield return ("slow.value", row.SideBySide?.Slow?.Value ?? 1, false);
        yield return ("fast.value", row.SideBySide?.Fast?.Value ?? 1, false);
        if (row.Anchor is { } anchor)
        {
            yield return ("anchor", anchor.Value, unit.IsCount);
        }

        foreach (var launch in (row.Launches ?? []).Concat(row.Anchor?.Launches ?? []).OfType<LaunchResult>())
        {
            yield return ("floor_nanoseconds", launch.MinimumNanoseconds, false);
            yield return ("median_nanoseconds", launch.MedianNanoseconds, false);
            yield return ("reference_nanoseconds", launch.CalibrationNanoseconds, false);
            yield return ("parallel_reference_nanoseconds", launch.ParallelCalibrationNanoseconds ?? 1, false);
            yield return ("managed_bytes_per_operation", launch.ManagedBytesPerOperation, true);
            foreach (var sample in (launch.SampleNanoseconds ?? []).SelectMany(copy => copy ?? []))
            {
                yield return ("sample_nanoseconds", sample, false);
            }
        }
    }

    private static string? Fault((string Name, double Value, bool MayBeZero) number) =>
        !double.IsFinite(number.Value) || number.Value < 0 || (number.Value == 0 && !number.MayBeZero)
            ? FormattableString.Invariant($"its {number.Name} is {number.Value}, which cannot have been measured")
            : null;

    /// <summary>
    /// Compares a value with the smallest time of its launches, converted to the row's unit. A bandwidth can only be checked for a known
    /// row, because the file does not say how many bytes an operation copies.
    /// </summary>
    private static string? Contradiction(MetricResult row, MetricUnit unit, KnownRow? known)
    {
        var isConverted = !unit.HasBound && (known is not null || unit != MetricUnit.GigabytesPerSecond);
        if (!isConverted || row.Launches is not { Count: > 0 } launches)
        {
            return null;
        }

        var measured = unit.FromTime(launches.Min(launch => launch.MinimumNanoseconds), known?.BytesPerOperation ?? 0);
        return Math.Abs((row.Value / measured) - 1) > LargestRounding
            ? $"its value is {ValueText.Format(row.Value, unit)}, and its own launches measured {ValueText.Format(measured, unit)}"
            : null;
    }
}
