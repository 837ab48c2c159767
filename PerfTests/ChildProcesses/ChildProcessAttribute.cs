namespace PerfTests.ChildProcesses;

/// <summary>Declares the verb that starts a child process. Only the suite uses the verb, so the help does not list it.</summary>
/// <param name="verb">First argument of the test executable.</param>
internal abstract class ChildProcessAttribute(string verb) : Attribute
{
    /// <summary>Gets the first argument of the test executable.</summary>
    public string Verb => verb;

    /// <summary>Does the work of the child process. Runs in the child process itself.</summary>
    /// <param name="arguments">Arguments after the verb.</param>
    /// <returns>The exit code of the child process.</returns>
    public abstract int Run(string[] arguments);
}

/// <inheritdoc/>
/// <typeparam name="TWork">Work of the child process.</typeparam>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class ChildProcessAttribute<TWork>(string verb) : ChildProcessAttribute(verb)
    where TWork : IChildProcess
{
    /// <inheritdoc/>
    public override int Run(string[] arguments) => TWork.Run(arguments);
}
