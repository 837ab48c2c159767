namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Second thread of a workload.</summary>
internal sealed class SecondThread : ISecondWorker
{
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Thread _thread;
    private readonly Action<long> _work;
    private Exception? _failure;
    private long _units;
    private volatile bool _isReady;
    private volatile bool _mayRun;
    private volatile bool _hasRun;
    private volatile bool _isEnding;

    /// <summary>Starts the thread.</summary>
    /// <param name="prepare">Runs once in the new thread and returns the work of one sample.</param>
    public SecondThread(Func<Action<long>> prepare)
    {
        Action<long>? work = null;
        _thread = new Thread(() =>
        {
            try
            {
                work = prepare();
            }
            catch (Exception e)
            {
                _failure = e;
            }

            _isReady = true;
            Serve();
        })
        { IsBackground = true, Name = "second thread of a workload" };
        _thread.Start();
        AwaitReady();
        ThrowIfFailed();
        _work = work!;
    }

    /// <inheritdoc/>
    public void Wake()
    {
        _isReady = _mayRun = _hasRun = false;
        _wake.Release();
        AwaitReady();
    }

    /// <inheritdoc/>
    public void Go(long units)
    {
        _units = units;
        _mayRun = true;
    }

    /// <inheritdoc/>
    public void Join()
    {
        while (!_hasRun)
        {
            Thread.SpinWait(1);
        }

        ThrowIfFailed();
    }

    public void Dispose()
    {
        _isEnding = _mayRun = true;
        _wake.Release();
        _thread.Join();
        _wake.Dispose();
    }

    private void Serve()
    {
        while (true)
        {
            _wake.Wait();
            if (_isEnding)
            {
                return;
            }

            _isReady = true;
            while (!_mayRun)
            {
                Thread.SpinWait(1);
            }

            try
            {
                _work(_units);
            }
            catch (Exception e)
            {
                _failure = e;
            }

            _hasRun = true;
        }
    }

    private void AwaitReady()
    {
        while (!_isReady)
        {
            Thread.SpinWait(1);
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new InvalidOperationException($"The second thread failed: {failure.Message}", failure);
        }
    }
}
