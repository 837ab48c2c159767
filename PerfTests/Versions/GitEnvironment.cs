using PerfTests.ChildProcesses;

namespace PerfTests.Versions;

/// <summary>
/// Environment of the suite's git calls. Inside a hook or <c>git rebase --exec</c>, git sets variables that name the caller's
/// repository, index and object folder. With these variables, the suite's calls would read from and write to the wrong
/// repository.
/// </summary>
internal static class GitEnvironment
{
    /// <summary>
    /// Further environment variables to remove. They change the output of git's commands, but
    /// <c>git rev-parse --local-env-vars</c> does not list them.
    /// </summary>
    private static readonly string[] s_others =
    [
        "GIT_NAMESPACE", "GIT_CEILING_DIRECTORIES", "GIT_QUARANTINE_PATH", "GIT_ATTR_SOURCE", "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS",
        "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
    ];

    /// <summary>
    /// Variables to keep although git lists them as local. These variables carry individual settings, such as safe.directory in
    /// a container, and cannot name another repository.
    /// </summary>
    private static readonly string[] s_kept = ["GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS"];

    private static readonly Lazy<string[]> s_local = new(ReadLocal);

    /// <summary>
    /// Gets the changes to the environment that a git call inherits: a new value for each variable, or null to remove it.
    /// </summary>
    /// <exception cref="System.ComponentModel.Win32Exception">git is not installed.</exception>
    public static Dictionary<string, string?> Changes()
    {
        var traces = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("GIT_TRACE", StringComparison.Ordinal));
        var changes = s_local.Value.Except(s_kept).Concat(s_others).Concat(traces)
            .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);

        // Error messages of the suite quote git's messages, in English so that they can be searched for. At a prompt, the run
        // would wait forever.
        changes["LC_ALL"] = "C";
        changes["GIT_TERMINAL_PROMPT"] = "0";

        // Commands that read must not rewrite the index, which an editor or a rebase may be using.
        changes["GIT_OPTIONAL_LOCKS"] = "0";
        return changes;
    }

    private static string[] ReadLocal() =>
        ExternalProgram.Run("git", ["rev-parse", "--local-env-vars"], Path.GetTempPath()).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
