using BenchmarkDotNet.Engines;
using PerfTests.ChildProcesses;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>Sets one copy of one side up, and cleans it up again.</summary>
internal sealed class SubjectSetup(EngineParameters parameters, SubjectSpecification specification, int copy, bool isJobsOwn)
{
    /// <summary>Spreads the copies' data over the cache's sets.</summary>
    private const int MaximumPaddingByteCount = 4096;

    private ScenarioInstance? _instance;
    private byte[]? _padding;
    private bool _isSetUp;

    /// <summary>Sets the copy up.</summary>
    /// <exception cref="MissingApiException">The libraries of this side do not have what the benchmark calls.</exception>
    public Subject SetUp(Random random)
    {
        try
        {
            var subject = Prepare(random);

            // The first invocation compiles everything it calls, and finds out what is not there.
            subject.BeforeSample?.Invoke();
            subject.Invoke(1);
            subject.AfterSample?.Invoke();
            return subject;
        }
        catch (Exception e) when (MissingApiException.IsCause(e))
        {
            throw new MissingApiException(specification.Side, e);
        }
    }

    private Subject Prepare(Random random)
    {
        _padding = GC.AllocateUninitializedArray<byte>(random.Next(MaximumPaddingByteCount));
        if (isJobsOwn)
        {
            _isSetUp = true;
            parameters.GlobalSetupAction();
            return JobsOwnSubject();
        }

        var library = LayoutCopy.Get(specification.LibraryFolder ?? TestExecutable.Folder, copy);
        _instance = ScenarioInstance.Create(specification, library);
        _isSetUp = true;
        _instance.Setup();
        return _instance.ToSubject(specification.Side, copy, specification.Work);
    }

    /// <summary>Cleans up what was set up, also if setting up failed half-way.</summary>
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

    private Subject JobsOwnSubject()
    {
        var runnable = parameters.WorkloadActionNoUnroll.Target
            ?? throw new InvalidOperationException("BenchmarkDotNet's workload has no object to run on.");
        return new Subject
        {
            Side = specification.Side,
            Copy = copy,
            Work = specification.Work,
            Invoke = parameters.WorkloadActionNoUnroll,
            OperationsPerInvoke = ScenarioInstance.OperationsPerInvoke(runnable, parameters.OperationsPerInvoke),
            BeforeSample = ScenarioInstance.Marked<BenchmarkDotNet.Attributes.IterationSetupAttribute>(runnable),
            AfterSample = ScenarioInstance.Marked<BenchmarkDotNet.Attributes.IterationCleanupAttribute>(runnable),
        };
    }
}
