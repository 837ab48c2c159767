namespace PerfTests.AllocatorComparison.Scaling;

/// <summary>Use of the supply lock while threads allocate and free batches of 64 blocks of 1 MiB.</summary>
/// <param name="Threads">Number of threads.</param>
/// <param name="HeldFraction">Fraction of the time in which a thread held the lock.</param>
/// <param name="BlocksPerSecond">Blocks that all threads together allocated and freed each second.</param>
internal sealed record SupplyLockRow(int Threads, double HeldFraction, double BlocksPerSecond);
