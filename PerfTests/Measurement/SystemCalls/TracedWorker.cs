using System.Runtime.InteropServices;
using System.Text.Json;
using PerfTests.ChildProcesses;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;
using PerfTests.Measurement.SystemCalls;

[assembly: ChildProcess<TracedWorker>(TracedWorker.Verb)]

namespace PerfTests.Measurement.SystemCalls;

/// <summary>
/// The process whose system calls are counted: it prepares a benchmark until nothing is left to compile or to grow,
/// says which thread it is, and runs the benchmark once between two marks, when told.
/// </summary>
internal sealed partial class TracedWorker : IChildProcess
{
    /// <summary>The verb that makes the test executable such a process; not for people.</summary>
    public const string Verb = "run-for-counting";

    /// <summary>What it says when it is prepared, before the thread's number and the operations of a run.</summary>
    public const string Ready = "ready";

    /// <summary>Its exit code where the libraries do not have what the benchmark calls; what that is, it says on its standard error.</summary>
    public const int MissingApi = 3;

    /// <summary>Its exit code where the machine lacks what the benchmark takes; what that is, it says on its standard error.</summary>
    public const int Lacking = 4;

    private const int WarmUpInvocations = 20;
    private const long RoomByteCount = 32 << 20;

    /// <summary>Serves the one benchmark that the standard input names.</summary>
    public static int Run(string[] arguments)
    {
        // On a thread of its own: what a tracer is told of the first one is also the news of the whole process, and the
        // parent's runtime, which looks after its children, may take that away from it.
        Exception? failure = null;
        var counted = new Thread(() =>
        {
            try
            {
                Run();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        counted.Start();
        counted.Join();
        return failure is null ? 0 : Report(failure);
    }

    private static int Report(Exception failure)
    {
        if (MissingApiException.IsCause(failure))
        {
            Console.Error.WriteLine(failure.GetBaseException().Message);
            return MissingApi;
        }

        if (CannotMeasureHereException.FindIn(failure) is { } lack)
        {
            Console.Error.WriteLine(lack.Message);
            return Lacking;
        }

        Console.Error.WriteLine(failure);
        return 1;
    }

    private static void Run()
    {
        using var answers = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Console.SetOut(Console.Error);
        var specification = JsonSerializer.Deserialize<SubjectSpecification>(Console.In.ReadLine()!)!;
        var library = LayoutCopy.Get(specification.LibraryFolder ?? TestExecutable.Folder, 0);
        var scenario = ScenarioInstance.Create(specification, library);
        try
        {
            scenario.Setup();
            Count(scenario.ToSubject(specification.Side, 0, specification.Work), answers);
        }
        finally
        {
            scenario.Cleanup();
        }
    }

    private static void Count(Subject subject, TextWriter answers)
    {
        for (var invocation = 0; invocation < WarmUpInvocations; invocation++)
        {
            subject.BeforeSample?.Invoke();
            subject.Invoke(1);
            subject.AfterSample?.Invoke();
        }

        subject.BeforeSample?.Invoke();

        // The heap's own calls are not the operation's: its memory is there beforehand, and nothing is collected.
        GC.TryStartNoGCRegion(RoomByteCount);
        _ = ParentId();
        answers.WriteLine(FormattableString.Invariant($"{Ready} {ThreadId()} {subject.OperationsPerInvoke}"));
        Console.In.ReadLine();
        _ = ParentId();
        subject.Invoke(1);
        _ = ParentId();
        subject.AfterSample?.Invoke();
    }

    /// <summary>"1234/task/1235"</summary>
    private static string ThreadId() => new FileInfo("/proc/thread-self").LinkTarget!.Split('/')[^1];

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();
}
