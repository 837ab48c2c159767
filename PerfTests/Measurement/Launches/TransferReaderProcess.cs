using PerfTests.ChildProcesses;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;
using PerfTests.Metrics.Scenarios.CrossProcess;

[assembly: ChildProcess<TransferReaderProcess>(TransferReader.Verb)]

namespace PerfTests.Measurement.Launches;

/// <summary>Process that runs a <see cref="TransferReader"/> with the same build of the libraries as the writing process.</summary>
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
