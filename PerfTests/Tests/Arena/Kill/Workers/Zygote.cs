using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Tests.Arena.Kill.Sharing;
using Shm.Arena;

namespace PerfTests.Tests.Arena.Kill.Workers;

/// <summary>
/// A process that has everything compiled and is twice itself when it is told: a worker is there after a
/// millisecond, and not after the fifth of a second that a runtime takes to start. It is attached to no arena itself,
/// and has no thread but the one that forks.
/// </summary>
internal static unsafe class Zygote
{
    /// <summary>The verb that makes the test executable a zygote; not for people.</summary>
    internal const string Verb = "fork-arena-workers";

    /// <summary>What a child needs so that what the runtime shares between processes by accident is not shared.</summary>
    internal static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        // With it code is written through a second mapping, and both are shared with the parent.
        ["DOTNET_EnableWriteXorExecute"] = "0",
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_TieredCompilation"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
    };

    /// <summary>Serves, with the libraries of a version.</summary>
    internal static int Serve(string libraries, string[] arguments) =>
        (int)LibraryCopy.Get(libraries, 0).GetScenarioType(typeof(Zygote).FullName!)
            .GetMethod(nameof(Run), BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [arguments])!;

    private static int Run(string[] arguments)
    {
        (string path, string arena, int broken, int patience) = (arguments[0], arguments[1], Number(arguments[2]), Number(arguments[3]));
        Switch("Broken", broken);
        Switch("PatienceMilliseconds", patience);
        using ControlMemory control = ControlMemory.Open(path);
        WarmUp.Run(control);
        using var input = new StreamReader(Console.OpenStandardInput());
        using Stream output = Console.OpenStandardOutput();
        Answer("ready");
        while (input.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            Answer(words[0] == "fork" ? Fork(Number(words[1]), Number(words[2])) : (int)Processes.Ask(Number(words[1])));
        }

        return 0;

        void Answer(object text)
        {
            output.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text}\n")));
            output.Flush();
        }

        int Fork(int index, int seed)
        {
            int process = Processes.Fork();
            if (process == 0)
            {
                Work(control, index, arena, seed);
            }

            // -1 must never come to be taken for a process: a signal to it goes to every process there is.
            return process > 0 ? process : throw new InvalidOperationException($"fork failed with error {Marshal.GetLastPInvokeError()}.");
        }
    }

    private static void Work(ControlMemory control, int index, string arena, int seed)
    {
        try
        {
            SetArmed((nint)control.Worker(index)->Armed);
            new Worker(control, index, seed).Run(arena);
            Processes.Exit(0);
        }
        catch (Exception failure)
        {
            control.Fail(index, failure.ToString());
            Processes.Exit(1);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Tells the injected code; a build without it has nothing to be told.</summary>
    private static void Switch(string field, int value) => Injected(field)?.SetValue(null, value);

    private static void SetArmed(nint armed) => Injected("Armed")?.SetValue(null, armed);

    private static FieldInfo? Injected(string field) =>
        typeof(ShmArena).Assembly.GetType("Shm.Arena.KillSwitch")?.GetField(field, BindingFlags.Static | BindingFlags.NonPublic);
}
