using BenchmarkDotNet.Engines;
using PerfTests.ChildProcesses;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>Sets up one layout copy of one side, and cleans it up after sampling.</summary>
internal sealed class SubjectSetup(EngineParameters parameters, SubjectSpecification specification, int copy, bool isGenerated)
{
    /// <summary>
    /// Maximum size of the random allocation before each copy, in bytes. The allocation spreads the copies' data over the sets
    /// of the cache.
    /// </summary>
    private const int MaximumPaddingByteCount = 4096;

    private ScenarioInstance? _instance;
    private byte[]? _padding;
    private bool _isSetUp;

    /// <summary>Sets up the copy and invokes its benchmark once.</summary>
    /// <exception cref="UnusableLibrariesException">The libraries of this side cannot run the benchmark.</exception>
    public Subject SetUp(Random random)
    {
        try
        {
            var subject = Prepare(random);

            // The first invocation compiles everything that it calls, and so reveals missing APIs.
            subject.BeforeSample?.Invoke();
            subject.Invoke(1);
            subject.AfterSample?.Invoke();
            return subject;
        }
        catch (Exception e) when (UnusableLibrariesException.FindIn(e, specification.Side) is { } unusable)
        {
            throw unusable;
        }
    }

    private Subject Prepare(Random random)
    {
        _padding = GC.AllocateUninitializedArray<byte>(random.Next(MaximumPaddingByteCount));
        if (isGenerated)
        {
            _isSetUp = true;
            parameters.GlobalSetupAction();
            return GeneratedSubject();
        }

        var library = LayoutCopy.Get(specification.LibraryFolder ?? TestExecutable.Folder, copy);
        _instance = ScenarioInstance.Create(specification, library);
        _isSetUp = true;
        _instance.Setup();
        return _instance.ToSubject(specification.Side, copy, specification.Work);
    }

    /// <summary>Cleans up the copy, even if its setup failed half-way.</summary>
    public void CleanUp()
    {
        GC.KeepAlive(_padding);
        if (!_isSetUp)
        {
            return;
        }

        _isSetUp = false;
        if (_instance is null)
        {
            parameters.GlobalCleanupAction();
        }
        else
        {
            _instance.Cleanup();
        }
    }

    private Subject GeneratedSubject()
    {
        var runnable = parameters.WorkloadActionNoUnroll.Target
            ?? throw new InvalidOperationException(
                "Cannot read the attributes of the benchmark: BenchmarkDotNet's workload delegate has no target object.");
        return new Subject
        {
            Side = specification.Side,
            Copy = copy,
            Work = specification.Work,
            Invoke = parameters.WorkloadActionNoUnroll,
            OperationsPerInvoke = ScenarioInstance.OperationsPerInvoke(runnable, parameters.OperationsPerInvoke),
            BeforeSample = ScenarioInstance.Marked<BenchmarkDotNet.Attributes.IterationSetupAttribute>(runnable),
            AfterSample = ScenarioInstance.Marked<BenchmarkDotNet.Attributes.IterationCleanupAttribute>(runnable),
            Percentiles = ScenarioInstance.PercentilesOf(runnable),
        };
    }
}
