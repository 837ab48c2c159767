using PerfTests.Metrics;

namespace PerfTests.Results;

/// <summary>Checks what the shape of the JSON does not say.</summary>
internal static class ResultsValidation
{
    /// <summary>Throws at the first thing that cannot be true of a results file.</summary>
    /// <exception cref="ResultsFileException">There is such a thing.</exception>
    public static void Check(string path, ResultsDocument document)
    {
        if (document.SchemaVersion > ResultsDocument.CurrentSchemaVersion)
        {
            throw new ResultsFileException(
                path,
                $"it has schema version {document.SchemaVersion}, and this version of the suite reads up to {ResultsDocument.CurrentSchemaVersion}; update the suite");
        }

        if (document.Metrics is null || document.Metadata is null)
        {
            throw new ResultsFileException(path, "its metrics or its metadata are null");
        }

        foreach (var (key, metric) in document.Metrics)
        {
            Check(path, key, metric);
        }
    }

    private static void Check(string path, string key, MetricResult? metric)
    {
        if (metric is not { Name: not null, Unit: not null })
        {
            throw new ResultsFileException(path, $"\"{key}\" has no name, value and unit");
        }

        if (metric.Name != key)
        {
            throw new ResultsFileException(path, $"\"{key}\" is named \"{metric.Name}\" inside");
        }

        CheckUnit(path, key, metric);

        // Counts may be zero; a time, a rate or a ratio of zero means that nothing was measured.
        var isCount = MetricUnit.ByName[metric.Unit].IsCount;
        CheckNumber(path, key, metric.Unit, metric.Value, allowZero: isCount);
        if (metric.TolerancePercent is { } tolerance)
        {
            CheckNumber(path, key, "tolerance_percent", tolerance, allowZero: true);
        }

        if (metric.Judgement is { Message: null })
        {
            throw new ResultsFileException(path, $"\"{key}\" has a judgement without a message");
        }

        foreach (var sample in (metric.Judgement?.BaselineSampleNanoseconds ?? []).SelectMany(copy => copy ?? []))
        {
            CheckNumber(path, key, "baseline_sample_nanoseconds", sample, allowZero: false);
        }

        foreach (var launch in metric.Launches ?? [])
        {
            Check(path, key, launch);
        }
    }

    private static void Check(string path, string key, LaunchResult? launch)
    {
        if (launch?.SampleNanoseconds is null)
        {
            throw new ResultsFileException(path, $"\"{key}\" has a launch that is null");
        }

        CheckNumber(path, key, "floor_nanoseconds", launch.FloorNanoseconds, allowZero: false);
        CheckNumber(path, key, "median_nanoseconds", launch.MedianNanoseconds, allowZero: false);
        CheckNumber(path, key, "reference_nanoseconds", launch.ReferenceNanoseconds, allowZero: false);
        CheckNumber(path, key, "parallel_reference_nanoseconds", launch.ParallelReferenceNanoseconds ?? 1, allowZero: false);
        CheckNumber(path, key, "managed_bytes_per_operation", launch.ManagedBytesPerOperation, allowZero: true);
        foreach (var sample in launch.SampleNanoseconds.SelectMany(copy => copy ?? []))
        {
            CheckNumber(path, key, "sample_nanoseconds", sample, allowZero: false);
        }
    }

    private static void CheckUnit(string path, string key, MetricResult metric)
    {
        if (!MetricUnit.ByName.TryGetValue(metric.Unit, out var unit))
        {
            throw new ResultsFileException(
                path, $"\"{key}\" has the unit \"{metric.Unit}\", and the units are {string.Join(", ", MetricUnit.ByName.Keys)}");
        }

        var known = Catalogue.Rows.FirstOrDefault(row => row.Key == key || row.QualifiedKey == key);
        if (known is not null && known.Metric.Unit != unit)
        {
            throw new ResultsFileException(path, $"\"{key}\" has the unit \"{metric.Unit}\" instead of \"{known.Metric.Unit.Name}\"");
        }

        if (known is not null && metric.Direction is { } direction && direction != unit.Better)
        {
            throw new ResultsFileException(path, $"\"{key}\" has the direction {direction}, and its unit improves the other way");
        }
    }

    private static void CheckNumber(string path, string key, string what, double value, bool allowZero)
    {
        if (!double.IsFinite(value) || value < 0 || (value == 0 && !allowZero))
        {
            throw new ResultsFileException(path, $"\"{key}\" has {what} = {value}, which cannot have been measured");
        }
    }
}
