using PerfTests.ChildProcesses;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.CrossProcess;

/// <summary>
/// Process that copies out the blocks of <see cref="CrossProcessTransferScenario"/>. Between samples it sleeps on its standard
/// input, so that only the reader of the measured layout copy takes processor time. During a sample it polls for blocks without a
/// pause.
/// </summary>
public static class TransferReader
{
    /// <summary>First argument that makes the test executable a reading process. Users never give it.</summary>
    public const string Verb = "read-for-a-writer";

    /// <summary>Serves a writer until the writer closes the pipe. When the writer exits, the pipe closes too.</summary>
    /// <param name="signals">Name of the segment with the signals.</param>
    /// <param name="data">Name of the segment that the blocks are written to.</param>
    public static int Serve(string signals, string data)
    {
        using var signalSegment = ShmSegment.Open(signals, TransferSignals.ByteCount);
        using var dataSegment = ShmSegment.Open(data, BlockSize.OneMebibyte);
        var both = new TransferSignals(signalSegment);
        var copy = GC.AllocateUninitializedArray<byte>((int)BlockSize.OneMebibyte, pinned: true);
        var writer = ParentProcess.Id;
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
            both.IsReading = 1;
            while (Polling.Await(() => both.Written != both.Read || both.IsWriting == 0, () => ParentProcess.Id != writer)
                && both.Written != both.Read)
            {
                ShmTransfer.Read(dataSegment, copy);
                both.Read++;
            }

            both.IsReading = 0;
        }

        return 0;
    }
}
