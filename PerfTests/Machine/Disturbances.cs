using System.Diagnostics;
using System.Reflection;

namespace PerfTests.Machine;

/// <summary>Finds conditions that make measured values less reliable.</summary>
public static class Disturbances
{
    private static readonly Assembly[] s_measured =
        [typeof(Shm.Core.IShmAllocator).Assembly, typeof(Shm.Arena.ShmArena).Assembly, typeof(Disturbances).Assembly];

    /// <summary>Environment variables that load a profiler. Collectors of code coverage set these variables too.</summary>
    private static readonly string[] s_profilers = ["CORECLR_ENABLE_PROFILING", "COR_ENABLE_PROFILING"];

    /// <summary>Namespaces of the classes that coverage tools add to an assembly.</summary>
    private static readonly string[] s_trackers = ["Coverlet.Core.Instrumentation", "Microsoft.CodeCoverage.Instrumentation"];

    private static readonly (string Variable, string Value)[] s_compilerSwitches =
    [
        ("DOTNET_JitStress", ""),
        ("DOTNET_JITMinOpts", "1"),
        ("DOTNET_ReadyToRun", "0"),
        ("DOTNET_TieredCompilation", "1"),
        ("DOTNET_TieredPGO", "1"),
        ("COMPlus_JitStress", ""),
        ("COMPlus_JITMinOpts", "1"),
        ("COMPlus_ReadyToRun", "0"),
        ("COMPlus_TieredCompilation", "1"),
    ];

    /// <summary>Finds every disturbance that is present now.</summary>
    public static IReadOnlyList<Disturbance> Find() => [.. FindFatal(), .. BusyProcesses.Find().Select(Busy)];

    /// <summary>
    /// Finds disturbances that invalidate every value. These disturbances exist before a run begins, and last until it ends.
    /// </summary>
    public static IReadOnlyList<Disturbance> FindFatal() => [.. Debuggers(), .. FindInAssemblies(s_measured), .. Variables()];

    private static IEnumerable<Disturbance> Debuggers()
    {
        var tracer = ProcessSnapshot.TracerOf(Environment.ProcessId);
        if (Debugger.IsAttached || tracer > 0)
        {
            var which = tracer > 0 ? $" (process {tracer})" : string.Empty;
            yield return new Disturbance($"a debugger or tracer{which} is attached: run without it", IsFatal: true);
        }
    }

    private static IEnumerable<Disturbance> Variables() => s_profilers
        .Where(variable => Environment.GetEnvironmentVariable(variable) == "1")
        .Select(variable => new Disturbance(
            $"a profiler changes the measured code (environment variable {variable}): "
            + "run without it, and without --collect, which loads a profiler for code coverage",
            IsFatal: true))
        .Concat(s_compilerSwitches
            .Where(flag => Environment.GetEnvironmentVariable(flag.Variable) is { Length: > 0 } value
                && (flag.Value.Length == 0 || value == flag.Value))
            .Select(flag => new Disturbance(
                $"the environment variable {flag.Variable} changes the measured code: unset it", IsFatal: true)));

    /// <summary>Finds assemblies that differ from the shipped ones: built without optimisation, or instrumented for coverage.</summary>
    internal static IEnumerable<Disturbance> FindInAssemblies(IReadOnlyList<Assembly> assemblies)
    {
        if (Names(IsUnoptimised) is { Length: > 0 } unoptimised)
        {
            yield return new Disturbance(
                $"{unoptimised} built without optimisation: build in the Release configuration, or set <Optimize>true</Optimize>",
                IsFatal: true);
        }

        if (Names(IsInstrumented) is { Length: > 0 } instrumented)
        {
            yield return new Disturbance(
                $"{instrumented} instrumented for code coverage: run without collecting coverage (--collect)", IsFatal: true);
        }

        string Names(Func<Assembly, bool> predicate)
        {
            string[] names = [.. assemblies.Where(predicate).Select(assembly => assembly.GetName().Name!)];
            return names.Length switch
            {
                0 => string.Empty,
                1 => $"{names[0]} was",
                _ => $"{string.Join(", ", names[..^1])} and {names[^1]} were",
            };
        }
    }

    private static bool IsUnoptimised(Assembly assembly) =>
        assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    /// <summary>Tells whether a coverage tool has changed the assembly: Coverlet and Microsoft's collector add a class to it.</summary>
    private static bool IsInstrumented(Assembly assembly) => assembly.GetTypes().Any(type =>
        type.Namespace is { } space && Array.Exists(s_trackers, tracker => space.StartsWith(tracker, StringComparison.Ordinal)));

    private static Disturbance Busy(BusyProcess process) => new(
        FormattableString.Invariant($"{process.Name} (process {process.Id}) keeps {process.CpuPercent:0} % of a CPU busy: ")
            + "values are noisier; end it, or run again later",
        IsFatal: false);
}
