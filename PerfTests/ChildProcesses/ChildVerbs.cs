using System.Reflection;

namespace PerfTests.ChildProcesses;

/// <summary>
/// Finds child processes by verb. Each child process is declared by a <see cref="ChildProcessAttribute{TWork}"/> of the test
/// assembly.
/// </summary>
internal static class ChildVerbs
{
    /// <summary>Gets the attributes of the test assembly, one for each child process.</summary>
    public static IEnumerable<ChildProcessAttribute> All => typeof(ChildVerbs).Assembly.GetCustomAttributes<ChildProcessAttribute>();

    /// <summary>Finds the child process that a command line asks for.</summary>
    /// <returns>Null if the first argument is not the verb of a child process.</returns>
    public static ChildProcessAttribute? Find(string[] arguments) =>
        arguments is [var verb, ..] ? All.FirstOrDefault(child => child.Verb == verb) : null;
}
