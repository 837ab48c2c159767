using System.Runtime.ExceptionServices;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>
/// Thread that works at the same time as the thread that takes samples. Between samples it sleeps, so that it takes no processor time
/// from other layout copies.
/// </summary>
internal sealed class SecondThread : IDisposable
{
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Action _work;
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;
    private bool _isAwake, _isStarted, _isDone, _isEnding;

    /// <summary>Starts the thread, which then sleeps.</summary>
    /// <param name="work">Work of one sample.</param>
    public SecondThread(Action work)
    {
        _work = work;
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Wakes the thread, which then polls for the start. Call this before each sample.</summary>
    public void Wake()
    {
        _isAwake = _isStarted = _isDone = false;
        _wake.Set();
        Await(ref _isAwake);
    }

    /// <summary>Starts the work.</summary>
    public void Start() => Volatile.Write(ref _isStarted, true);

    /// <summary>Waits for the end of the work, and rethrows its exception.</summary>
    public void Finish()
    {
        Await(ref _isDone);
        _failure?.Throw();
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        _isEnding = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private void Serve()
    {
        for (_wake.WaitOne(); !_isEnding; _wake.WaitOne())
        {
            Volatile.Write(ref _isAwake, true);
            Await(ref _isStarted);
            try
            {
                _work();
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }

            Volatile.Write(ref _isDone, true);
        }
    }

    private static void Await(ref bool isReached)
    {
        while (!Volatile.Read(ref isReached))
        {
            Thread.SpinWait(1);
        }
    }
}
