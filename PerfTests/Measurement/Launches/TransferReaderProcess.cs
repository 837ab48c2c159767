using PerfTests.ChildProcesses;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;
using PerfTests.Metrics.Scenarios.CrossProcess;

[assembly: ChildProcess<TransferReaderProcess>(TransferReader.Verb)]

namespace PerfTests.Measurement.Launches;

/// <summary>Process of a <see cref="TransferReader"/> that uses the same build of the libraries as the process that writes.</summary>
internal sealed class TransferReaderProcess : IChildProcess
{
    /// <inheritdoc/>
    public static int Run(string[] arguments)
    {
        var (libraries, signals, data) = (arguments[0], arguments[1], arguments[2]);
        var reader = LayoutCopy.Get(libraries, 0).GetScenarioType(typeof(TransferReader).FullName!);
        return (int)reader.GetMethod(nameof(TransferReader.Serve))!.Invoke(null, [signals, data])!;
    }
}
