using PerfTests.ChildProcesses;

namespace PerfTests.Versions;

/// <summary>
/// Environment of the suite's own git calls. Inside a hook or <c>git rebase --exec</c> the caller's variables name its
/// repository, its index and its object folder: with them the suite would ask about, and write to, the wrong place.
/// </summary>
internal static class GitEnvironment
{
    /// <summary>Variables that git does not list as local, and that all the same change what an answer is about.</summary>
    private static readonly string[] s_others =
    [
        "GIT_NAMESPACE", "GIT_CEILING_DIRECTORIES", "GIT_QUARANTINE_PATH", "GIT_ATTR_SOURCE", "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS",
        "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
    ];

    /// <summary>
    /// Variables that git lists as local and that stay. They carry single settings, such as the safe.directory of a
    /// container; git takes the place of a repository and of its files from no setting given this way.
    /// </summary>
    private static readonly string[] s_kept = ["GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS"];

    private static readonly Lazy<string[]> s_local = new(AskForLocal);

    /// <summary>Gets what a git call changes in this process's environment; null removes a variable.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no git.</exception>
    public static Dictionary<string, string?> Changes()
    {
        var traces = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("GIT_TRACE", StringComparison.Ordinal));
        var changes = s_local.Value.Except(s_kept).Concat(s_others).Concat(traces)
            .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);

        // Git's sentences are repeated to people, who search for them; nobody is there to answer a question of git's.
        changes["LC_ALL"] = "C";
        changes["GIT_TERMINAL_PROMPT"] = "0";

        // Reading must not rewrite the index, which an editor or a rebase may be using.
        changes["GIT_OPTIONAL_LOCKS"] = "0";
        return changes;
    }

    private static string[] AskForLocal() =>
        ExternalProgram.Run("git", ["rev-parse", "--local-env-vars"], Path.GetTempPath()).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
