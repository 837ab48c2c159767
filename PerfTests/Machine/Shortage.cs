namespace PerfTests.Machine;

/// <summary>Compares the needs of a row with the free resources of the machine.</summary>
internal static class Shortage
{
    /// <summary>
    /// Gets the resources that a running process of the suite needs without any row, measured on Linux x64: pipes to seven fresh
    /// processes, mappings and memory of the runtime, and pages of <c>/dev/shm</c> for signals and bookkeeping.
    /// </summary>
    public static RowNeeds ProcessOverhead { get; } = new()
    {
        SharedMemoryBytes = 64L << 10,
        OpenFiles = 28,
        Mappings = 1_500,
        MemoryBytes = 96L << 20,
    };

    /// <summary>
    /// Describes the first resource of which too little is free, and the remedy; returns null if enough of every resource is
    /// free.
    /// </summary>
    /// <param name="needs">Needs of the row, without <see cref="ProcessOverhead"/>.</param>
    /// <param name="has">Free resources of the machine.</param>
    public static string? Describe(RowNeeds needs, MachineResources has)
    {
        var all = needs.Plus(ProcessOverhead);
        if (has.SharedMemoryProblem is { } problem)
        {
            return problem;
        }

        if (all.SharedMemoryBytes > has.FreeSharedMemoryBytes)
        {
            return $"needs {Needed(all.SharedMemoryBytes)} of {MachineResources.SharedMemoryFolder}, "
                + $"{Free(has.FreeSharedMemoryBytes)} free; in Docker: --shm-size=2g";
        }

        if (all.Cores > has.Cores)
        {
            return FormattableString.Invariant($"needs {all.Cores} processors, this process may use {has.Cores}; ")
                + "give it more (taskset, docker run --cpus)";
        }

        if (all.OpenFiles > has.FreeOpenFiles)
        {
            return FormattableString.Invariant(
                $"needs {all.OpenFiles:N0} open files, this process may open {has.FreeOpenFiles:N0} more; ")
                + FormattableString.Invariant($"raise the limit: ulimit -n {RoundUp(all.OpenFiles)}");
        }

        if (all.Mappings > has.FreeMappings)
        {
            return FormattableString.Invariant(
                $"needs {all.Mappings:N0} mappings, this process may make {has.FreeMappings:N0} more; ")
                + "raise the limit: sysctl vm.max_map_count=262144";
        }

        // Pages of /dev/shm take memory of the machine too.
        var memory = all.MemoryBytes + all.SharedMemoryBytes;
        return memory > has.FreeMemoryBytes
            ? $"needs {Needed(memory)} of memory, {Free(has.FreeMemoryBytes)} free; end other programs, or raise the container's limit"
            : null;
    }

    private static long RoundUp(long count) => (count + 2047) / 1024 * 1024;

    private static string Needed(long byteCount) => InUnits(byteCount, Math.Ceiling);

    private static string Free(long byteCount) => InUnits(byteCount, Math.Floor);

    /// <summary>Formats a size. Needs are rounded up and free sizes down, so that a message never gives the same number for both.</summary>
    private static string InUnits(long byteCount, Func<double, double> round) => byteCount < 1 << 20
        ? FormattableString.Invariant($"{round(byteCount / 1024.0):N0} KiB")
        : FormattableString.Invariant($"{round(byteCount / (1024.0 * 1024)):N0} MiB");
}
