namespace Shm.Core;

/// <summary>Use of a segment by processes.</summary>
internal enum SegmentUse
{
    /// <summary>The use is unknown: the file is not a segment of this user, or the kernel cannot tell.</summary>
    Unknown,

    /// <summary>A process has the file open for writing, or mapped for writing.</summary>
    InUse,

    /// <summary>No process has the file open or mapped for writing.</summary>
    Unused,
}
