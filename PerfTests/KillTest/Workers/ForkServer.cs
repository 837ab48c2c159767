using System.Globalization;
using System.Reflection;
using PerfTests.ChildProcesses;
using PerfTests.KillTest.Sharing;
using PerfTests.KillTest.Workers;
using PerfTests.Measurement.Benchmarks;
using Shm.Arena;

[assembly: ChildProcess<ForkServer>(ForkServer.Verb)]

namespace PerfTests.KillTest.Workers;

/// <summary>
/// A process that has compiled all the workers' code and forks workers on request. A forked worker is ready after a
/// millisecond; a new runtime takes 200 ms to start. The fork server is attached to no arena, and runs no managed thread
/// but the one that forks. When its input ends, because the conductor closes it or exits for any reason, the fork server kills its
/// workers and removes their arena.
/// </summary>
internal sealed unsafe class ForkServer : IChildProcess
{
    /// <summary>
    /// Verb of the test executable that runs a fork server. Only the kill test uses the verb, so the help does not list it.
    /// </summary>
    internal const string Verb = "fork-arena-workers";

    /// <summary>
    /// Runtime settings of the fork server. Without these settings, a forked child would share state with its parent, or would
    /// lack threads that it needs.
    /// </summary>
    internal static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        // With write-xor-execute, the runtime writes code through a second mapping, and parent and child would share both mappings.
        ["DOTNET_EnableWriteXorExecute"] = "0",
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_TieredCompilation"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
    };

    /// <summary>Runs a fork server. Its workers use the libraries in the folder that the first argument names.</summary>
    public static int Run(string[] arguments) =>
        (int)LayoutCopy.Get(arguments[0], 0).GetScenarioType(typeof(ForkServer).FullName!)
            .GetMethod(nameof(Serve), BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [arguments[1..]])!;

    private static int Serve(string[] arguments)
    {
        (var path, var arena, var broken, var patience) = (arguments[0], arguments[1], arguments[2], Number(arguments[3]));
        KillPoint.Break(broken.Split(',', StringSplitOptions.RemoveEmptyEntries));
        SupplyLock.Patience = TimeSpan.FromMilliseconds(patience);
        using var control = ControlMemory.Open(path);
        ProcessControl.LeaveProcessGroup();
        WarmUp.Run(control);
        var children = new ForkedWorkers();
        using var input = new StreamReader(Console.OpenStandardInput());
        using var output = Console.OpenStandardOutput();
        Answer("ready");
        while (input.ReadLine() is { } line)
        {
            var words = line.Split(' ');
            Answer(words[0] == "fork" ? Fork(Number(words[1]), Number(words[2])) : (int)children.StateOf(Number(words[1])));
        }

        children.Kill();
        File.Delete(Path.Combine("/dev/shm", arena));
        return 0;

        void Answer(object text)
        {
            output.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text}\n")));
            output.Flush();
        }

        int Fork(int index, int seed)
        {
            var process = children.Fork();
            if (process == 0)
            {
                Work(control, index, arena, seed);
            }

            return process;
        }
    }

    private static void Work(ControlMemory control, int index, string arena, int seed)
    {
        try
        {
            KillPoint.Arm(&control.Worker(index)->Trap);
            new Worker(control, index, seed).Run(arena);
            ProcessControl.Exit(0);
        }
        catch (Exception failure)
        {
            control.Fail(index, failure.ToString());
            ProcessControl.Exit(1);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
