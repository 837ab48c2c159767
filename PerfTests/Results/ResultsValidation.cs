namespace PerfTests.Results;

/// <summary>
/// Checks what the JSON format does not enforce. A fault of the file as a whole makes the file unusable; a fault within a row makes
/// that row unusable.
/// </summary>
internal static class ResultsValidation
{
    /// <summary>
    /// Returns the document with its usable rows, and with the reasons why other rows are unusable. The units of usable rows are
    /// spelled by name.
    /// </summary>
    /// <exception cref="ResultsFileException">The file as a whole cannot be used.</exception>
    public static ResultsDocument Check(string path, ResultsDocument document, Func<string, KnownRow?> known)
    {
        if (document.Metrics is null || document.Metadata is null)
        {
            throw new ResultsFileException(path, "its metrics or its metadata are null");
        }

        if (document.NotMeasured?.FirstOrDefault(row => row.Value is not { Label: not null, Reason: not null }).Key is { } nameless)
        {
            throw new ResultsFileException(path, $"it does not say why \"{nameless}\" was not measured");
        }

        RequireOneSpelling(path, document.Metrics.Keys, known);
        var usable = new OrderedDictionary<string, MetricResult>(StringComparer.Ordinal);
        var unusable = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, row) in document.Metrics)
        {
            if (RowValidation.FindFault(key, row, known(key), out var unit) is { } fault)
            {
                unusable.Add(key, fault);
            }
            else
            {
                usable.Add(key, row with { Unit = unit!.Name });
            }
        }

        return document with { Metrics = usable, UnusableRows = unusable };
    }

    private static void RequireOneSpelling(string path, IEnumerable<string> keys, Func<string, KnownRow?> known)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var common = known(key)?.Key ?? key;
            if (!seen.TryAdd(common, key))
            {
                throw new ResultsFileException(path, $"it has one row twice, as \"{seen[common]}\" and as \"{key}\"; remove one of them");
            }
        }
    }
}
