namespace PerfTests.Running;

/// <summary>Finds misspelt settings: a variable that nobody reads would change nothing, and nobody would be told.</summary>
internal static class SettingNames
{
    private const string Prefix = "PERF_";

    /// <summary>Variables that only the scripts of the pipelines read.</summary>
    private static readonly string[] s_pipeline = ["PERF_FILTER", "PERF_SITUATION", "PERF_COMMENT_TOKEN", "PERF_COMMENT_RETRY_MS"];

    /// <summary>Variables of Linux's own tool of that name (its source, tools/perf).</summary>
    private static readonly string[] s_linuxPerf = ["PERF_EXEC_PATH", "PERF_CONFIG", "PERF_PAGER", "PERF_PAGER_IN_USE", "PERF_BUILDID_DIR"];

    /// <summary>Lists what a variable may be called.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [.. Setting.All.Select(setting => setting.Name).Concat(s_pipeline).Order(StringComparer.Ordinal)];

    /// <summary>Checks the variables of this process.</summary>
    /// <exception cref="SettingException">One is called almost as a setting is, or as none is.</exception>
    public static void Require() => Require(Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 }));

    /// <summary>Checks names of variables; others than the suite's are left alone.</summary>
    /// <exception cref="SettingException">One is called almost as a setting is, or as none is.</exception>
    internal static void Require(IEnumerable<string> names)
    {
        var unknown = names
            .Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Except([.. Known, .. s_linuxPerf])
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (unknown.Length > 0)
        {
            throw new SettingException(string.Join(" ", unknown.Select(Sentence)));
        }
    }

    private static string Sentence(string name) => Nearest(name) is { } nearest
        ? $"There is no setting {name}. Did you mean {nearest}?"
        : $"There is no setting {name}. Allowed: {string.Join(", ", Known)}.";

    /// <summary>Returns the setting that a person most likely meant, or null where none is near.</summary>
    internal static string? Nearest(string name)
    {
        // Of a long name more letters can be wrong than of a short one.
        var most = Math.Max(1, (name.Length - Prefix.Length) / 3);
        var nearest = Known.MinBy(known => EditDistance.Between(name.ToUpperInvariant(), known))!;
        return EditDistance.Between(name.ToUpperInvariant(), nearest) <= most ? nearest : null;
    }
}
