using System.Runtime.ExceptionServices;
using BenchmarkDotNet.Characteristics;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using PerfTests.Measurement.Sampling;
using Perfolizer.Mathematics.OutlierDetection;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>
/// BenchmarkDotNet's stock engine runs cases one after another, so a change of the machine's speed enters their
/// ratio. This one sets all copies of all sides up and takes their chunks in turn.
/// </summary>
internal sealed class SamplingEngine(EngineParameters parameters, MeasurementPlan plan, SamplingEngineFactory owner) : IEngine
{
    private readonly Random _random = new();

    public IHost Host => parameters.Host;

    public Job TargetJob => parameters.TargetJob;

    public long OperationsPerInvoke => parameters.OperationsPerInvoke;

    public Action GlobalSetupAction => parameters.GlobalSetupAction;

    public Action GlobalCleanupAction => parameters.GlobalCleanupAction;

    public Action<long> WorkloadAction => parameters.WorkloadActionNoUnroll;

    public Action<long> OverheadAction => parameters.OverheadActionNoUnroll;

    public IResolver Resolver => EngineParameters.DefaultResolver;

    public void WriteLine() => Host.WriteLine();

    public void WriteLine(string line) => Host.WriteLine(line);

    public BenchmarkDotNet.Reports.Measurement RunIteration(IterationData data) =>
        throw new NotSupportedException("This engine takes the chunks of all copies in turn; there is no single iteration to run.");

    /// <summary>Sets everything up, samples it, and cleans up whatever happened.</summary>
    public RunResults Run()
    {
        try
        {
            var result = Sample();
            owner.Result = result;
            return ToRunResults(result);
        }
        catch (Exception e)
        {
            owner.Failure = e;
            throw;
        }
    }

    public void Dispose()
    {
        // Run has cleaned up: what is set up there cannot outlive it.
    }

    private SamplingResult Sample()
    {
        StepLog.Phase("Prepare");
        var copies = plan.Sides
            .SelectMany(side => Enumerable.Range(side.FirstCopy, side.Copies).Select(copy => new SubjectSetup(parameters, side, copy, IsJobsOwn(side, copy))))
            .ToArray();

        // The order of loading and compiling decides where code and data lie: draw it, so that it favours no side.
        _random.Shuffle(copies);
        SamplingResult? result = null;
        Exception? failure = null;
        try
        {
            var subjects = Array.ConvertAll(copies, copy => copy.SetUp(_random));
            result = new Sampler(plan.Options, _random).Sample(subjects);
        }
        catch (Exception e)
        {
            failure = e;
        }

        // Every copy is cleaned up, whatever happens to another, and the first failure is the one that counts.
        foreach (var copy in copies)
        {
            try
            {
                copy.CleanUp();
            }
            catch (Exception e)
            {
                failure ??= e;
            }
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return result!;
    }

    /// <summary>
    /// The job's own workload is the first copy of a row measured alone. Where versions are compared all copies
    /// are loaded the same way, or the sides would differ by how they were loaded.
    /// </summary>
    private bool IsJobsOwn(SubjectSpecification side, int copy) => plan.Sides.Count == 1 && copy == 0 && side is { LibraryFolder: null, Wrapper: null };

    private RunResults ToRunResults(SamplingResult result)
    {
        var measurements = result.Subjects
            .Where(subject => subject.Side == plan.Sides[0].Side)
            .SelectMany(subject => subject.WallNanoseconds.Select(ns => (ns * subject.OperationsPerSample, subject.OperationsPerSample)))
            .Select((chunk, index) => new BenchmarkDotNet.Reports.Measurement(
                1, IterationMode.Workload, IterationStage.Actual, index + 1, chunk.OperationsPerSample, chunk.Item1))
            .ToArray();
        return new RunResults(measurements, OutlierMode.DontRemove, GcStats.Empty, default, 0);
    }
}
