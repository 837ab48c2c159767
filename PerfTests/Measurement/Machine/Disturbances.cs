using System.Diagnostics;
using System.Reflection;

namespace PerfTests.Measurement.Machine;

/// <summary>Looks for what makes figures worth less.</summary>
public static class Disturbances
{
    private static readonly Assembly[] s_measured = [typeof(Shm.Core.IShmAllocator).Assembly, typeof(Shm.Arena.ShmArena).Assembly, typeof(Disturbances).Assembly];

    private static readonly (string Variable, string Value)[] s_profilers =
    [
        ("CORECLR_ENABLE_PROFILING", "1"),
        ("COR_ENABLE_PROFILING", "1"),
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

    /// <summary>Everything that can be found now.</summary>
    public static IReadOnlyList<Disturbance> Find() =>
        [.. Debuggers(), .. Profilers(), .. Builds(), .. BusyProcesses.Find().Select(Busy)];

    private static IEnumerable<Disturbance> Debuggers()
    {
        var tracer = ProcessStatus.TracerOf(Environment.ProcessId);
        if (Debugger.IsAttached || tracer > 0)
        {
            yield return new Disturbance($"a debugger or tracer{(tracer > 0 ? $" (process {tracer})" : string.Empty)} is attached: run without it", IsFatal: true);
        }
    }

    private static IEnumerable<Disturbance> Profilers() => s_profilers
        .Where(profiler => Environment.GetEnvironmentVariable(profiler.Variable) is { Length: > 0 } value
            && (profiler.Value.Length == 0 || value == profiler.Value))
        .Select(profiler => new Disturbance($"the environment variable {profiler.Variable} changes the code that is measured: unset it", IsFatal: true));

    private static IEnumerable<Disturbance> Builds()
    {
        foreach (var assembly in s_measured)
        {
            var name = assembly.GetName().Name;
            if (assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
            {
                yield return new Disturbance($"{name} is built without optimisation: set <Optimize>true</Optimize>", IsFatal: true);
            }

            // Coverlet adds a tracker class of this name space; Microsoft's collector a reference.
            var isInstrumented = assembly.GetReferencedAssemblies().Any(reference => reference.Name is "Microsoft.VisualStudio.CodeCoverage.Shim" or "Microsoft.CodeCoverage.Instrumentation")
                || assembly.GetTypes().Any(type => type.Namespace == "Coverlet.Core.Instrumentation.Tracker");
            if (isInstrumented)
            {
                yield return new Disturbance($"{name} is instrumented for code coverage: run without collecting coverage", IsFatal: true);
            }
        }
    }

    private static Disturbance Busy(BusyProcess process) => new(
        FormattableString.Invariant($"{process.Name} (process {process.Id}) keeps {process.CpuPercent:0} % of a CPU busy: figures are noisier; end it, or run again later"),
        IsFatal: false);
}
