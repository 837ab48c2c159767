namespace PerfTests.ChildProcesses;

/// <summary>
/// Work of a process that the suite starts from its own executable. A <see cref="ChildProcessAttribute{TWork}"/> declares
/// the verb with which <see cref="TestExecutable"/> starts the process.
/// </summary>
internal interface IChildProcess
{
    /// <summary>Does the work of the child process. Runs in the child process itself.</summary>
    /// <param name="arguments">Arguments after the verb.</param>
    /// <returns>The exit code of the child process.</returns>
    static abstract int Run(string[] arguments);
}
