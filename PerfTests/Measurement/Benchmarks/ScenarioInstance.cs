using System.Reflection;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>Object of a benchmark class in one layout copy. BenchmarkDotNet attributes mark the methods to call.</summary>
internal sealed class ScenarioInstance
{
    private readonly object _instance;
    private readonly Func<long> _benchmark;

    /// <summary>Creates an object of a layout copy's benchmark class and compiles its benchmark method.</summary>
    /// <exception cref="MissingMemberException">The class lacks the benchmark method or the property of a parameter.</exception>
    public static ScenarioInstance Create(SubjectSpecification specification, LayoutCopy copy)
    {
        var type = copy.GetScenarioType(specification.ScenarioTypeName);
        var instance = Activator.CreateInstance(type)!;
        foreach (var (name, value) in specification.Parameters)
        {
            var property = type.GetProperty(name) ?? throw new MissingMemberException(type.FullName, name);
            property.SetValue(instance, value);
        }

        if (specification.Operations is { } operations)
        {
            var property = type.GetProperty(nameof(BenchmarkAttribute.OperationsPerInvoke))
                ?? throw new MissingMemberException(type.FullName, nameof(BenchmarkAttribute.OperationsPerInvoke));
            property.SetValue(instance, (long)operations);
        }

        return new ScenarioInstance(instance, specification.Method, WrapOf(specification.Wrapper, instance, copy));
    }

    private static Func<Func<long>, Func<long>> WrapOf(BenchmarkWrapper? wrapper, object instance, LayoutCopy copy)
    {
        if (wrapper is null)
        {
            return benchmark => benchmark;
        }

        var type = copy.GetScenarioType(wrapper.TypeName);
        return benchmark => type.GetMethod("Run")!
            .CreateDelegate<Func<long>>(Activator.CreateInstance(type, instance, benchmark, wrapper.Amount));
    }

    private ScenarioInstance(object instance, string method, Func<Func<long>, Func<long>> wrap)
    {
        _instance = instance;
        var benchmark = instance.GetType().GetMethod(method)
            ?? throw new MissingMethodException(instance.GetType().FullName, method);
        RuntimeHelpers.PrepareMethod(benchmark.MethodHandle);
        _benchmark = wrap(benchmark.CreateDelegate<Func<long>>(instance));
        Benchmark = benchmark;
    }

    private MethodInfo Benchmark { get; }

    /// <summary>Runs the class's global setup.</summary>
    public void Setup() => Marked<GlobalSetupAttribute>(_instance)?.Invoke();

    /// <summary>Runs the class's global clean-up.</summary>
    public void Cleanup() => Marked<GlobalCleanupAttribute>(_instance)?.Invoke();

    /// <summary>Returns the subject that the sampler times; valid after <see cref="Setup"/>.</summary>
    public Subject ToSubject(string side, int copy, string work) => new()
    {
        Side = side,
        Copy = copy,
        Work = work,
        Invoke = Invoke,
        OperationsPerInvoke = OperationsPerInvoke(
            _instance, Benchmark.GetCustomAttribute<BenchmarkAttribute>()?.OperationsPerInvoke ?? 1),
        BeforeSample = Marked<IterationSetupAttribute>(_instance),
        AfterSample = Marked<IterationCleanupAttribute>(_instance),
        Percentiles = PercentilesOf(_instance),
    };

    /// <summary>
    /// Gets the number of operations in one invocation. A property OperationsPerInvoke of the object overrides the attribute's number,
    /// because some objects know the number only after setup.
    /// </summary>
    public static long OperationsPerInvoke(object instance, long fromAttribute) =>
        instance.GetType().GetProperty(nameof(BenchmarkAttribute.OperationsPerInvoke))?.GetValue(instance) is long fromObject
            ? fromObject
            : fromAttribute;

    /// <summary>
    /// Returns a function that reads the percentiles of the latest sample; null if the object's class has no such property. Layout
    /// copies have types of their own, so the property is found by its name.
    /// </summary>
    public static Func<IReadOnlyList<double>>? PercentilesOf(object instance) =>
        instance.GetType().GetProperty(LatencyPercentiles.PropertyName)?.GetMethod?.CreateDelegate<Func<IReadOnlyList<double>>>(instance);

    /// <summary>Returns the object's method that has the attribute; null if there is none.</summary>
    public static Action? Marked<TAttribute>(object instance)
        where TAttribute : Attribute =>
        Array.Find(instance.GetType().GetMethods(), method => method.IsDefined(typeof(TAttribute), inherit: true))
            ?.CreateDelegate<Action>(instance);

    private void Invoke(long count)
    {
        var benchmark = _benchmark;
        for (long i = 0; i < count; i++)
        {
            benchmark();
        }
    }
}
