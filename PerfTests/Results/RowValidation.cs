using PerfTests.Metrics;

namespace PerfTests.Results;

/// <summary>Finds what cannot be true of one row of a results file.</summary>
internal static class RowValidation
{
    /// <summary>Value and launches may be written with few digits: three are enough for less than this.</summary>
    private const double LargestRounding = 0.01;

    /// <summary>Finds the first reason why a row cannot be used; null if there is none.</summary>
    /// <param name="key">The key of the row.</param>
    /// <param name="figure">The row.</param>
    /// <param name="unit">The unit that the row spells by name or symbol; null if it is unknown.</param>
    public static string? FindFault(string key, MetricResult? figure, out MetricUnit? unit)
    {
        unit = figure?.Unit is { } text ? MetricUnit.Find(text) : null;
        if (figure is not { Name: not null, Unit: not null })
        {
            return "it lacks a name, a number as its value, or a unit";
        }

        return figure.Name != key ? $"it is named \"{figure.Name}\" inside"
            : unit is null ? $"its unit is \"{figure.Unit}\", expected one of {string.Join(", ", MetricUnit.ByName.Keys)}"
            : UnitFault(figure, unit, RowKeys.Find(key)) ?? Numbers(figure, unit).Select(Fault).FirstOrDefault(fault => fault is not null)
                ?? NullFault(figure) ?? Contradiction(figure, unit, RowKeys.Find(key));
    }

    private static string? UnitFault(MetricResult figure, MetricUnit unit, MetricRow? row) =>
        row is not null && row.Metric.Unit != unit ? $"its unit is \"{figure.Unit}\", expected \"{row.Metric.Unit.Name}\""
        : figure.Direction is { } direction && direction != unit.Better
            ? $"its direction is {direction}, and {unit.Name} improves the other way"
        : null;

    private static string? NullFault(MetricResult figure) =>
        figure.Judgement is { Message: null } ? "it has a judgement without a message"
        : figure.Launches?.Any(launch => launch?.SampleNanoseconds is null) == true ? "it has a launch that is null"
        : null;

    /// <summary>
    /// Lists the numbers of a row that must be finite and positive. Counts may be zero; a time, a rate or a ratio of
    /// zero was never measured.
    /// </summary>
    private static IEnumerable<(string Name, double Value, bool MayBeZero)> Numbers(MetricResult figure, MetricUnit unit)
    {
        yield return ("value", figure.Value, unit.IsCount);
        yield return ("tolerance_percent", figure.TolerancePercent ?? 0, true);
        foreach (var sample in (figure.Judgement?.BaselineSampleNanoseconds ?? []).SelectMany(copy => copy ?? []))
        {
            yield return ("baseline_sample_nanoseconds", sample, false);
        }

        foreach (var launch in (figure.Launches ?? []).OfType<LaunchResult>())
        {
            yield return ("floor_nanoseconds", launch.FloorNanoseconds, false);
            yield return ("median_nanoseconds", launch.MedianNanoseconds, false);
            yield return ("reference_nanoseconds", launch.ReferenceNanoseconds, false);
            yield return ("parallel_reference_nanoseconds", launch.ParallelReferenceNanoseconds ?? 1, false);
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
    /// Compares a value with the smallest time of its launches, in its unit. How many bytes an operation moves is known
    /// of the catalogue's rows only.
    /// </summary>
    private static string? Contradiction(MetricResult figure, MetricUnit unit, MetricRow? row)
    {
        var isConverted = !unit.IsCount && !unit.HasBounds && (row is not null || unit != MetricUnit.GigabytesPerSecond);
        if (!isConverted || figure.Launches is not { Count: > 0 } launches)
        {
            return null;
        }

        var measured = unit.FromTime(launches.Min(launch => launch.FloorNanoseconds), row?.BytesPerOperation ?? 0);
        return Math.Abs((figure.Value / measured) - 1) > LargestRounding
            ? $"its value is {Figures.Format(figure.Value, unit)}, and its own launches measured {Figures.Format(measured, unit)}"
            : null;
    }
}
