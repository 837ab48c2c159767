using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>
/// Segment with reserved pages that all layout copies of a process share. The pages are allocated once for all copies, because
/// allocating 1 GiB takes half a second.
/// </summary>
internal sealed class SharedReservation : IDisposable
{
    private const string Key = "PerfTests.SharedReservation";

    private readonly ShmSegment? _owned;

    /// <summary>Creates the segment, unless another layout copy has created it.</summary>
    public SharedReservation(long byteCount)
    {
        // Layout copies have statics of their own, but share the data of the AppContext.
        if (AppContext.GetData(Key) is string name)
        {
            Name = name;
            return;
        }

        _owned = ShmSegment.CreateExclusive(null, byteCount, new ShmSegmentOptions { Reserve = true });
        Name = _owned.Name;
        AppContext.SetData(Key, Name);
    }

    /// <summary>Name of the segment.</summary>
    public string Name { get; }

    /// <summary>Removes the segment, if this object created it.</summary>
    public void Dispose()
    {
        if (_owned is not null)
        {
            AppContext.SetData(Key, null);
            _owned.Dispose();
        }
    }
}
