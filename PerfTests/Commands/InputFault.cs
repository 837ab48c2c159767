using System.ComponentModel;
using PerfTests.Files;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Versions;
using Shm.Core;

namespace PerfTests.Commands;

/// <summary>Tells faults of files, settings and the machine, which the user can mend, from faults of this program.</summary>
internal static class InputFault
{
    /// <summary>Explains to the user what failed; null for a fault of this program, whose stack trace is needed.</summary>
    /// <param name="verb">The verb that failed.</param>
    /// <param name="fault">The exception that it threw.</param>
    public static string? Explain(string verb, Exception fault) => fault switch
    {
        AggregateException or TypeInitializationException when fault.InnerException is { } inner => Explain(verb, inner),
        ResultsFileException or UnwritableFileException or SettingException or AllureConfigurationException or VersionException
            or BenchmarkFailedException or InvalidDataException or TimeoutException => fault.Message,
        ShmException { ErrnoNumber: not 0 } => fault.Message,
        IOException or UnauthorizedAccessException or Win32Exception =>
            $"Cannot {verb}: {fault.Message.TrimEnd('.')}. Check that the path exists and that this user may use it.",
        _ => null,
    };
}
