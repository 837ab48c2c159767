namespace PerfTests.Machine;

/// <summary>A process that takes much of a CPU.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="CpuPercent">How much of one CPU, in percent.</param>
public sealed record BusyProcess(int Id, string Name, double CpuPercent);
