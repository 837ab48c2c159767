using System.Runtime.InteropServices;
using System.Text.Json;
using PerfTests.ChildProcesses;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;
using PerfTests.Measurement.Tracing;

[assembly: ChildProcess<TracedWorker>(TracedWorker.Verb)]

namespace PerfTests.Measurement.Tracing;

/// <summary>
/// Work of the child process whose system calls or instructions are counted. The process warms the benchmarks up until no code is
/// left to compile and no buffer left to grow, reports its thread id, waits for a line of input, and runs each benchmark between
/// two marker calls.
/// </summary>
internal sealed partial class TracedWorker : IChildProcess
{
    /// <summary>Verb of the test executable that starts this work.</summary>
    public const string Verb = "run-for-counting";

    /// <summary>
    /// First word of the line that reports readiness. The thread id, the address of the marker's function, and each benchmark's
    /// number of operations follow.
    /// </summary>
    public const string Ready = "ready";

    /// <summary>Exit code if the machine lacks a resource that a benchmark needs; the standard error names the resource.</summary>
    public const int ShortageExitCode = 4;

    /// <summary>
    /// Exit code if the libraries of the first side lack an API that the benchmark calls; each further side adds 1. The standard error
    /// contains the reason.
    /// </summary>
    public const int MissingApiExitCode = 10;

    /// <summary>
    /// Exit code if the benchmark of the first side throws, and that side is the baseline or the A/A control; each further side adds 1. The
    /// standard error contains the reason.
    /// </summary>
    public const int FailedBaselineExitCode = 20;

    private const int WarmUpInvocations = 20;
    private const long NoCollectionByteCount = 32 << 20;

    private readonly List<(ScenarioInstance Scenario, Subject Subject)> _benchmarks = [];

    /// <summary>Number of the side that is set up at the moment.</summary>
    private int _side;

    /// <summary>Runs the work that the first line of the standard input specifies.</summary>
    public static int Run(string[] arguments)
    {
        // The benchmark runs on a second thread. waitpid for the main thread also reports on the whole process, and the parent's runtime
        // waits for its child processes too, so it could take a report away from the tracer.
        Exception? failure = null;
        var worker = new TracedWorker();
        var counted = new Thread(() =>
        {
            try
            {
                worker.Run();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        counted.Start();
        counted.Join();
        return failure is null ? 0 : worker.Report(failure);
    }

    private int Report(Exception failure)
    {
        if (failure is UnusableLibrariesException unusable)
        {
            Console.Error.WriteLine(unusable.Reason);
            return (unusable.LacksApi ? MissingApiExitCode : FailedBaselineExitCode) + _side;
        }

        if (CannotMeasureHereException.FindIn(failure) is { } shortage)
        {
            Console.Error.WriteLine(shortage.Message);
            return ShortageExitCode;
        }

        Console.Error.WriteLine(failure);
        return 1;
    }

    private void Run()
    {
        using var responses = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Console.SetOut(Console.Error);
        var work = JsonSerializer.Deserialize<TracedWork>(Console.In.ReadLine()!)!;
        try
        {
            for (_side = 0; _side < work.Sides.Count; _side++)
            {
                SetUp(work.Sides[_side]);
            }

            Count(work.Repetitions, responses);
        }
        finally
        {
            _benchmarks.ForEach(benchmark => benchmark.Scenario.Cleanup());
        }
    }

    private void SetUp(SubjectSpecification side)
    {
        ScenarioInstance? scenario = null;
        var setUp = false;
        try
        {
            scenario = ScenarioInstance.Create(side, LayoutCopy.Get(side.LibraryFolder ?? TestExecutable.Folder, side.FirstCopy));
            scenario.Setup();
            var subject = scenario.ToSubject(side.Side, side.FirstCopy, side.Work);
            for (var invocation = 0; invocation < WarmUpInvocations; invocation++)
            {
                subject.BeforeSample?.Invoke();
                subject.Invoke(1);
                subject.AfterSample?.Invoke();
            }

            _benchmarks.Add((scenario, subject));
            setUp = true;
        }
        catch (Exception e) when (UnusableLibrariesException.FindIn(e, side.Side) is { } unusable)
        {
            throw unusable;
        }
        finally
        {
            if (!setUp)
            {
                scenario?.Cleanup();
            }
        }
    }

    private unsafe void Count(int repetitions, TextWriter responses)
    {
        var library = NativeLibrary.Load("libc", typeof(TracedWorker).Assembly, null);
        var marker = (delegate* unmanaged[SuppressGCTransition]<int>)NativeLibrary.GetExport(library, "getppid");

        // System calls of the managed heap must not be counted as the operation's. This call commits memory in advance and prevents
        // collections during the count.
        GC.TryStartNoGCRegion(NoCollectionByteCount);
        RunAll(repetitions: 1, marker);
        var operations = string.Join(' ', _benchmarks.Select(benchmark => benchmark.Subject.OperationsPerInvoke));
        responses.WriteLine(FormattableString.Invariant($"{Ready} {ThreadId()} {(ulong)marker} {operations}"));
        Console.In.ReadLine();
        RunAll(repetitions, marker);
    }

    private unsafe void RunAll(int repetitions, delegate* unmanaged[SuppressGCTransition]<int> marker)
    {
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            foreach (var (_, subject) in _benchmarks)
            {
                subject.BeforeSample?.Invoke();
                Run(subject.Invoke, marker);
                subject.AfterSample?.Invoke();
            }
        }
    }

    private static unsafe void Run(Action<long> invoke, delegate* unmanaged[SuppressGCTransition]<int> marker)
    {
        marker();
        invoke(1);
        marker();
    }

    /// <summary>Gets the kernel's id of the calling thread. The target of the link ends with the id: "1234/task/1235".</summary>
    private static string ThreadId() => new FileInfo("/proc/thread-self").LinkTarget!.Split('/')[^1];
}
