using System.Reflection;

namespace PerfTests.ChildProcesses;

/// <summary>Verbs of all child processes: the <see cref="ChildProcessAttribute{TWork}"/> of the test assembly.</summary>
internal static class ChildVerbs
{
    /// <summary>Gets the declarations of the test assembly.</summary>
    public static IEnumerable<ChildProcessAttribute> All => typeof(ChildVerbs).Assembly.GetCustomAttributes<ChildProcessAttribute>();

    /// <summary>Finds the child process that a command line asks for.</summary>
    /// <returns>Null if the first argument is no verb of a child process.</returns>
    public static ChildProcessAttribute? Find(string[] arguments) =>
        arguments is [var verb, ..] ? All.FirstOrDefault(child => child.Verb == verb) : null;
}
