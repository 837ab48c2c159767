namespace PerfTests.Results;

/// <summary>
/// Checks what the shape of the JSON does not say. What is wrong with the file as a whole costs the file; what is
/// wrong within a row costs that row.
/// </summary>
internal static class ResultsValidation
{
    /// <summary>Returns the document with its sound rows, their units spelled by name, and the others named with the reason.</summary>
    /// <exception cref="ResultsFileException">The file as a whole cannot be used.</exception>
    public static ResultsDocument Check(string path, ResultsDocument document)
    {
        if (document.Metrics is null || document.Metadata is null)
        {
            throw new ResultsFileException(path, "its metrics or its metadata are null");
        }

        if (document.NotMeasured?.FirstOrDefault(row => row.Value is not { Label: not null, Reason: not null }).Key is { } nameless)
        {
            throw new ResultsFileException(path, $"it does not say why \"{nameless}\" was not measured");
        }

        RequireOneSpelling(path, document.Metrics.Keys);
        var sound = new OrderedDictionary<string, MetricResult>(StringComparer.Ordinal);
        var unusable = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, figure) in document.Metrics)
        {
            if (RowValidation.FindFault(key, figure, out var unit) is { } fault)
            {
                unusable.Add(key, fault);
            }
            else
            {
                sound.Add(key, figure with { Unit = unit!.Name });
            }
        }

        return document with { Metrics = sound, UnusableRows = unusable };
    }

    private static void RequireOneSpelling(string path, IEnumerable<string> keys)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var common = RowKeys.Common(key);
            if (!seen.TryAdd(common, key))
            {
                throw new ResultsFileException(path, $"it has one row twice, as \"{seen[common]}\" and as \"{key}\"; remove one of them");
            }
        }
    }
}
