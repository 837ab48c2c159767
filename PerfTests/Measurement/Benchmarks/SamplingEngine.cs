using System.Runtime.ExceptionServices;
using BenchmarkDotNet.Characteristics;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using Perfolizer.Mathematics.OutlierDetection;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>
/// BenchmarkDotNet engine that sets up all layout copies of all sides and then takes their samples in turn. The default
/// engine runs benchmarks one after another, so that a change of the machine's speed between two benchmarks distorts their ratio.
/// </summary>
internal sealed class SamplingEngine(EngineParameters parameters, MeasurementPlan plan, SamplingEngineFactory factory) : IEngine
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
        throw new NotSupportedException("This engine takes the samples of all layout copies in turn; it has no single iteration to run.");

    /// <summary>Sets up all layout copies, takes their samples, and cleans up, even after a failure.</summary>
    public RunResults Run()
    {
        try
        {
            var result = Sample();
            factory.Result = result;
            return ToRunResults(result);
        }
        catch (Exception e)
        {
            factory.Failure = e;
            throw;
        }
    }

    public void Dispose()
    {
        // Nothing is left to clean up: the method Run cleans up what it sets up.
    }

    private SamplingResult Sample()
    {
        factory.Log.Phase("Prepare");
        var copies = plan.Sides
            .SelectMany(side => Enumerable.Range(side.FirstCopy, side.Copies)
                .Select(copy => new SubjectSetup(parameters, side, copy, IsGenerated(side, copy))))
            .ToArray();

        // The order of loading and compiling decides the addresses of code and data. A random order favours no side.
        _random.Shuffle(copies);
        SamplingResult? result = null;
        Exception? failure = null;
        try
        {
            var subjects = Array.ConvertAll(copies, copy => copy.SetUp(_random));
            result = new Sampler(plan.Options, _random, factory.Log).Sample(subjects);
        }
        catch (Exception e)
        {
            failure = e;
        }

        // Clean up every copy, even if cleaning up another one fails. Report the first failure, because it may have caused the others.
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
    /// Tells whether a copy runs the workload that BenchmarkDotNet generated: only the first copy of a row that is measured alone does.
    /// Where versions are compared, all copies are loaded in the same way, so that they differ in nothing but their version.
    /// </summary>
    private bool IsGenerated(SubjectSpecification side, int copy) =>
        plan.Sides.Count == 1 && copy == 0 && side is { LibraryFolder: null, Wrapper: null };

    private RunResults ToRunResults(SamplingResult result)
    {
        var measurements = result.Subjects
            .Where(subject => subject.Side == plan.Sides[0].Side)
            .SelectMany(subject => subject.WallNanoseconds.Select(ns => (ns * subject.OperationsPerSample, subject.OperationsPerSample)))
            .Select((sample, index) => new BenchmarkDotNet.Reports.Measurement(
                1, IterationMode.Workload, IterationStage.Actual, index + 1, sample.OperationsPerSample, sample.Item1))
            .ToArray();
        return new RunResults(measurements, OutlierMode.DontRemove, GcStats.Empty, default, 0);
    }
}
