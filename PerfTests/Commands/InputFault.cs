using System.ComponentModel;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Versions;
using Shm.Core;

namespace PerfTests.Commands;

/// <summary>Distinguishes errors that the user can fix (files, settings, the machine) from bugs of this program.</summary>
internal static class InputFault
{
    /// <summary>
    /// Returns the message for the user. Returns null for a bug of this program, so that its stack trace is printed.
    /// </summary>
    /// <param name="verb">Verb that failed.</param>
    /// <param name="fault">Exception that the verb threw.</param>
    public static string? Explain(string verb, Exception fault) => fault switch
    {
        AggregateException or TypeInitializationException when fault.InnerException is { } inner => Explain(verb, inner),
        ResultsFileException or UnwritableFileException or SettingException or AllureConfigurationException or VersionException
            or BenchmarkFailedException or InvalidDataException or TimeoutException => fault.Message,
        CannotMeasureHereException => $"Cannot run '{verb}' on this machine: {fault.Message.TrimEnd('.')}.",
        ShmException { ErrnoNumber: not 0 } => fault.Message,
        IOException or UnauthorizedAccessException or Win32Exception =>
            $"Cannot run '{verb}': {fault.Message.TrimEnd('.')}. Check that the path exists and that this user has access to it.",
        _ => null,
    };
}
