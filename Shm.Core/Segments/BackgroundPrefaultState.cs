namespace Shm.Core;

/// <summary>State of a <see cref="BackgroundPrefault"/>.</summary>
public enum BackgroundPrefaultState
{
    /// <summary>Pages are being mapped.</summary>
    Running,

    /// <summary>All pages are mapped.</summary>
    Done,

    /// <summary>The kernel refused to map a page, see <see cref="BackgroundPrefault.Failure"/>. No further page will be mapped.</summary>
    Failed,

    /// <summary>The segment or arena was disposed before all pages were mapped.</summary>
    Stopped,
}
