using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BenchmarkDotNet.Validators;
using PerfTests.Files;
using PerfTests.Machine;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>Runs a plan as a BenchmarkDotNet job in this process.</summary>
internal static class BenchmarkHost
{
    /// <summary>Time after which BenchmarkDotNet abandons a benchmark that hangs, so that the run continues.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(10);

    /// <summary>Measures a plan, without leaving files or printing to the console.</summary>
    /// <exception cref="UnusableLibrariesException">The libraries of a side cannot run the benchmark.</exception>
    /// <exception cref="CannotMeasureHereException">The machine lacks a resource that the benchmark needs.</exception>
    /// <exception cref="BenchmarkFailedException">The benchmark threw, was refused by BenchmarkDotNet or did not run.</exception>
    public static BenchmarkRun Run(MeasurementPlan plan, RowLog? log = null)
    {
        var factory = new SamplingEngineFactory(plan, log ?? new RowLog());
        var first = plan.Sides[0];
        using var artifacts = new TemporaryFolder();
        var output = new AccumulationLogger();
        using var benchmark = FindCase(first, Configuration(factory, output, artifacts.Path));
        var segments = OwnSegments.Find();
        var summary = BenchmarkRunner.Run(benchmark);

        if (factory.Failure is UnusableLibrariesException unusable)
        {
            throw unusable;
        }

        if (factory.Failure is { } failure)
        {
            if (CannotMeasureHereException.FindIn(failure) is { } shortage)
            {
                throw shortage;
            }

            throw new BenchmarkFailedException($"The benchmark {Name(first)} failed: {failure.Message}", failure);
        }

        if (summary.HasCriticalValidationErrors)
        {
            var errors = string.Join(" ", summary.ValidationErrors.Where(error => error.IsCritical).Select(error => error.Message));
            throw new BenchmarkFailedException($"BenchmarkDotNet refuses to measure {Name(first)}: {errors}");
        }

        if (summary.Reports is not [{ Success: true }] || factory.Result is not { } result)
        {
            throw new BenchmarkFailedException($"The benchmark {Name(first)} did not run. {output.GetLog()}");
        }

        var left = OwnSegments.Find().Except(segments).Order(StringComparer.Ordinal);
        return new BenchmarkRun(result with { LeftSegments = [.. left] }, summary);
    }

    private static BenchmarkRunInfo FindCase(SubjectSpecification side, IConfig config)
    {
        var type = typeof(BenchmarkHost).Assembly.GetType(side.ScenarioTypeName, throwOnError: true)!;
        var info = BenchmarkConverter.TypeToBenchmarks(type, config);
        var found = Array.Find(
            info.BenchmarksCases,
            benchmark => benchmark.Descriptor.WorkloadMethod.Name == side.Method
                && side.Parameters.All(wanted => benchmark.Parameters.Items.Any(
                    item => item.Name == wanted.Key && Equals(item.Value, wanted.Value))));
        return found is null
            ? throw new BenchmarkFailedException(
                $"{type.Name} has no benchmark {Name(side)}: mark the method [Benchmark] and list the value in the property's [Params].")
            : new BenchmarkRunInfo([found], type, info.Config);
    }

    private static ManualConfig Configuration(SamplingEngineFactory factory, ILogger log, string artifactsPath)
    {
        var job = Job.Default
            .WithToolchain(new InProcessEmitToolchain(s_timeout, logOutput: false))
            .WithEngineFactory(factory)
            .WithInvocationCount(1)
            .WithUnrollFactor(1)
            .WithGcForce(false)
            .WithEvaluateOverhead(false);
        return ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddLogger(log)
            .AddColumnProvider(DefaultColumnProviders.Instance)

            // BenchmarkDotNet's default configuration checks that the code is optimised; the empty configuration does not.
            .AddValidator(JitOptimizationsValidator.FailOnError)
            .WithArtifactsPath(artifactsPath)
            .WithCultureInfo(CultureInfo.InvariantCulture)
            .WithOptions(ConfigOptions.DisableLogFile);
    }

    private static string Name(SubjectSpecification side)
    {
        var parameters = string.Join(", ", side.Parameters.Select(p => FormattableString.Invariant($"{p.Key}={p.Value}")));
        return $"{side.ScenarioTypeName.Split('.')[^1]}.{side.Method}({parameters})";
    }
}
