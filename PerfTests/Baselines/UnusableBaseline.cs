namespace PerfTests.Baselines;

/// <summary>Reason why a baseline has no stored result to compare a row with, in words for one file and for several.</summary>
/// <param name="One">Reason for one file; <see cref="Names"/> stands for its name.</param>
/// <param name="Several">The same reason for several files; <see cref="Names"/> stands for their names.</param>
internal sealed record UnusableBaseline(string One, string Several)
{
    /// <summary>Mark that is replaced by the names of the files.</summary>
    public const string Names = "{names}";

    /// <summary>Returns the reasons of all files. A reason that several files share is given once, with all their names.</summary>
    public static string Join(IEnumerable<(string File, UnusableBaseline Reason)> reasons) => string.Join(
        ", and ",
        reasons.GroupBy(entry => entry.Reason, entry => entry.File).Select(group => group.Key.Of([.. group])));

    private string Of(IReadOnlyList<string> files) => files is [var only]
        ? One.Replace(Names, only, StringComparison.Ordinal)
        : Several.Replace(Names, $"{string.Join(", ", files.SkipLast(1))} and {files[^1]}", StringComparison.Ordinal);
}
