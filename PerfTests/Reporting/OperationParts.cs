using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Operations that consist of steps with rows of their own: one block of 1 MiB from its allocation until it is freed.</summary>
internal static class OperationParts
{
    /// <summary>
    /// Parts of the arena's operation. The pages of the arena are mapped already, and one row measures allocating and freeing together.
    /// </summary>
    private static readonly (string Part, string Metric, int Times)[] s_arena =
    [
        ("allocate and free", "allocation_throughput/arena", 1),
        ("copy (1 MiB, to touched pages)", "transfer_1mb_bandwidth/arena", 1),
    ];

    private static readonly (string Operation, IReadOnlyList<(string Part, string Metric, int Times)> Parts)[] s_operations =
    [
        ("One block of 1 MiB, original allocator", BottleneckAnalysis.PartsOfOriginal),
        ("One block of 1 MiB, arena", s_arena),
    ];

    /// <summary>Returns the parts of operations that a row measures; null if it measures none.</summary>
    public static IReadOnlyList<OperationPart>? Of(MetricResult row)
    {
        if (BottleneckAnalysis.TimeOf(row) is not { } time)
        {
            return null;
        }

        OperationPart[] parts =
        [
            .. from operation in s_operations
               from part in operation.Parts.Select((part, order) => (part.Part, part.Metric, part.Times, Order: order))
               where part.Metric == row.Name
               select new OperationPart(operation.Operation, part.Part, part.Order, part.Times * time),
        ];
        return parts.Length == 0 ? null : parts;
    }
}
