namespace PerfTests.Tests.Arena.Stress;

/// <summary>Fills a block with bytes that depend on its stamp and their position, and checks them.</summary>
internal static unsafe class StressPattern
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    internal static void Write(byte* start, long byteCount, ulong stamp)
    {
        var words = byteCount / sizeof(ulong);
        for (long index = 0; index < words; index++)
        {
            ((ulong*)start)[index] = stamp + ((ulong)index * Step);
        }

        for (var index = words * sizeof(ulong); index < byteCount; index++)
        {
            start[index] = (byte)(stamp + (ulong)index);
        }
    }

    internal static bool IsThere(byte* start, long byteCount, ulong stamp)
    {
        var words = byteCount / sizeof(ulong);
        ulong difference = 0;
        for (long index = 0; index < words; index++)
        {
            difference |= ((ulong*)start)[index] ^ (stamp + ((ulong)index * Step));
        }

        for (var index = words * sizeof(ulong); index < byteCount; index++)
        {
            difference |= start[index] ^ ((stamp + (ulong)index) & byte.MaxValue);
        }

        return difference == 0;
    }
}
