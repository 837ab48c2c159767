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
/// Work of the child process whose system calls are counted. The process warms the benchmark up until no code is left to
/// compile and no buffer left to grow, reports its thread id, waits for a line of input, and runs the benchmark once between
/// two marker calls.
/// </summary>
internal sealed partial class TracedWorker : IChildProcess
{
    /// <summary>Verb of the test executable that starts this work.</summary>
    public const string Verb = "run-for-counting";

    /// <summary>First word of the line that reports readiness; thread id and number of operations follow.</summary>
    public const string Ready = "ready";

    /// <summary>Exit code if the libraries lack an API that the benchmark calls; the standard error names the API.</summary>
    public const int MissingApiExitCode = 3;

    /// <summary>Exit code if the machine lacks a resource that the benchmark needs; the standard error names the resource.</summary>
    public const int ShortageExitCode = 4;

    private const int WarmUpInvocations = 20;
    private const long NoCollectionByteCount = 32 << 20;

    /// <summary>Runs the benchmark that the first line of the standard input specifies.</summary>
    public static int Run(string[] arguments)
    {
        // The benchmark runs on a second thread. waitpid for the main thread also reports on the whole process, and the parent's runtime
        // waits for its child processes too, so it could take a report away from the tracer.
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
            return MissingApiExitCode;
        }

        if (CannotMeasureHereException.FindIn(failure) is { } shortage)
        {
            Console.Error.WriteLine(shortage.Message);
            return ShortageExitCode;
        }

        Console.Error.WriteLine(failure);
        return 1;
    }

    private static void Run()
    {
        using var responses = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Console.SetOut(Console.Error);
        var specification = JsonSerializer.Deserialize<SubjectSpecification>(Console.In.ReadLine()!)!;
        var library = LayoutCopy.Get(specification.LibraryFolder ?? TestExecutable.Folder, 0);
        var scenario = ScenarioInstance.Create(specification, library);
        try
        {
            scenario.Setup();
            Count(scenario.ToSubject(specification.Side, 0, specification.Work), responses);
        }
        finally
        {
            scenario.Cleanup();
        }
    }

    private static void Count(Subject subject, TextWriter responses)
    {
        for (var invocation = 0; invocation < WarmUpInvocations; invocation++)
        {
            subject.BeforeSample?.Invoke();
            subject.Invoke(1);
            subject.AfterSample?.Invoke();
        }

        subject.BeforeSample?.Invoke();

        // System calls of the managed heap must not be counted as the operation's. This call commits memory in advance and prevents
        // collections during the count.
        GC.TryStartNoGCRegion(NoCollectionByteCount);
        _ = ParentId();
        responses.WriteLine(FormattableString.Invariant($"{Ready} {ThreadId()} {subject.OperationsPerInvoke}"));
        Console.In.ReadLine();
        _ = ParentId();
        subject.Invoke(1);
        _ = ParentId();
        subject.AfterSample?.Invoke();
    }

    /// <summary>Gets the kernel's id of the calling thread. The target of the link ends with the id: "1234/task/1235".</summary>
    private static string ThreadId() => new FileInfo("/proc/thread-self").LinkTarget!.Split('/')[^1];

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();
}
