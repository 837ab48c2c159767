namespace PerfTests.Machine;

/// <summary>Process that keeps a CPU busy.</summary>
/// <param name="Id">Process id.</param>
/// <param name="Name">Name of the process.</param>
/// <param name="CpuPercent">CPU time per elapsed time, in percent of one CPU.</param>
public sealed record BusyProcess(int Id, string Name, double CpuPercent);
