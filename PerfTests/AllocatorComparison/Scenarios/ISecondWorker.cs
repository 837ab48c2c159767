namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>
/// Second thread or process of a workload. It sleeps between samples, so that it does not disturb other rows, and spins before
/// a sample starts, so that the sample does not include the time to wake it.
/// </summary>
internal interface ISecondWorker : IDisposable
{
    /// <summary>Wakes the worker, and returns when it spins and is ready to start.</summary>
    void Wake();

    /// <summary>Starts the work of one sample.</summary>
    void Go(long units);

    /// <summary>Waits until the worker has finished its work.</summary>
    /// <exception cref="InvalidOperationException">The work failed.</exception>
    void Join();
}
