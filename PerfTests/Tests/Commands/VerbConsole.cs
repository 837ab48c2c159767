using System.CommandLine;
using System.Text;
using PerfTests.Commands;

namespace PerfTests.Tests.Commands;

/// <summary>Runs verbs in this process and keeps their output.</summary>
internal sealed class VerbConsole
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public InvocationConfiguration Configuration => new() { Output = new StringWriter(_output), Error = new StringWriter(_error) };

    /// <summary>Runs a verb.</summary>
    /// <returns>The exit code.</returns>
    public int Run(params string[] arguments) => Verbs.Run(arguments, Configuration);
}
