using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using PerfTests.ChildProcesses;
using PerfTests.Machine;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.CrossProcess;

/// <summary>
/// Hands 1 MiB to another process: this process copies a block into shared memory and sends a signal; the other process copies
/// the block out and sends a signal back. Both copies and both signals are part of the time.
/// </summary>
public class CrossProcessTransferScenario : IDisposable
{
    private const int BlocksPerInvoke = 8;

    /// <summary>Resources of one layout copy, its reading process included.</summary>
    internal static RowNeeds Needs { get; } = Memory with { Cores = 2, OpenFiles = 4 };

    private static RowNeeds Memory =>
        ScenarioNeeds.WrittenSegments(1, BlockSize.OneMebibyte + TransferSignals.ByteCount)
            .Plus(ScenarioNeeds.Buffer(ReaderBytes + BlockSize.OneMebibyte));

    /// <summary>Bytes of memory that a reading process takes.</summary>
    private const long ReaderBytes = 48 << 20;

    private readonly byte[] _source = GC.AllocateUninitializedArray<byte>((int)BlockSize.OneMebibyte, pinned: true);
    private ShmSegment _signalSegment = null!;
    private ShmSegment _data = null!;
    private TransferSignals _signals = null!;
    private Process? _reader;
    private int _looks;

    [GlobalSetup]
    public void Setup()
    {
        new Random(1).NextBytes(_source);
        _signalSegment = ShmSegment.CreateExclusive(null, TransferSignals.ByteCount, new ShmSegmentOptions { Reserve = true });
        _signals = new TransferSignals(_signalSegment);
        _data = ShmSegment.CreateExclusive(null, BlockSize.OneMebibyte, new ShmSegmentOptions { Reserve = true });

        // The reader loads the same build of the libraries as this layout copy.
        var libraries = Path.GetDirectoryName(typeof(ShmSegment).Assembly.Location)!;
        var start = TestExecutable.StartInfo(TransferReader.Verb, libraries, _signalSegment.Name, _data.Name);
        start.RedirectStandardInput = true;
        _reader = Process.Start(start)!;
    }

    /// <summary>Wakes the reader.</summary>
    [IterationSetup]
    public void Before()
    {
        _signals.IsWriting = 1;
        _reader!.StandardInput.BaseStream.WriteByte(0);
        _reader.StandardInput.BaseStream.Flush();
        Await(() => _signals.IsReading == 1);
    }

    [Benchmark(OperationsPerInvoke = BlocksPerInvoke)]
    public long Transfer()
    {
        for (var block = 0; block < BlocksPerInvoke; block++)
        {
            ShmTransfer.Write(_data, _source);
            _signals.Written++;
            while (_signals.Read != _signals.Written)
            {
                Thread.SpinWait(1);
                ThrowIfReaderEnded();
            }
        }

        return _signals.Read;
    }

    /// <summary>Lets the reader sleep.</summary>
    [IterationCleanup]
    public void After()
    {
        _signals.IsWriting = 0;
        Await(() => _signals.IsReading == 0);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _reader?.Kill();
        _reader?.WaitForExit();
        _reader?.Dispose();
        _data?.Dispose();
        _signalSegment?.Dispose();
        GC.SuppressFinalize(this);
    }

    private void ThrowIfReaderEnded()
    {
        if ((++_looks & 0xFFFFF) == 0 && _reader!.HasExited)
        {
            throw EndedEarly();
        }
    }

    private void Await(Func<bool> holds)
    {
        if (!Polling.Await(holds, () => _reader!.HasExited))
        {
            throw EndedEarly();
        }
    }

    private InvalidOperationException EndedEarly() => new($"The reading process ended early, with exit code {_reader!.ExitCode}.");
}
