namespace PerfTests.Running;

/// <summary>Finds misspelt settings, which would otherwise be ignored without a message.</summary>
internal static class SettingNames
{
    private const string Prefix = "PERF_";

    /// <summary>Variables that only pipeline scripts read.</summary>
    private static readonly string[] s_pipeline =
        ["PERF_FILTER", "PERF_MACHINES", "PERF_SITUATION", "PERF_COMMENT_TOKEN", "PERF_COMMENT_RETRY_MS"];

    /// <summary>Variables of the Linux tool perf (Linux source, tools/perf).</summary>
    private static readonly string[] s_linuxPerf = ["PERF_EXEC_PATH", "PERF_CONFIG", "PERF_PAGER", "PERF_PAGER_IN_USE", "PERF_BUILDID_DIR"];

    /// <summary>Names of all settings.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [.. Setting.All.Select(setting => setting.Name).Concat(s_pipeline).Order(StringComparer.Ordinal)];

    /// <summary>Checks the environment variables of this process.</summary>
    /// <exception cref="SettingException">A variable starts with PERF_ and is no setting.</exception>
    public static void Require() => Require(Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 }));

    /// <summary>Checks names of variables; names without the prefix PERF_ are ignored.</summary>
    /// <exception cref="SettingException">A name starts with PERF_ and is no setting.</exception>
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

    /// <summary>Returns the setting that the user most likely meant, or null if no name is similar.</summary>
    internal static string? Nearest(string name)
    {
        // A long name may contain more typing errors than a short one.
        var most = Math.Max(1, (name.Length - Prefix.Length) / 3);
        var upper = name.ToUpperInvariant();
        var nearest = EditDistance.Nearest(upper, Known);
        return EditDistance.Between(upper, nearest) <= most ? nearest : null;
    }
}
