namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Where a damaged arena lies, and which of its pages the file system has allocated.</summary>
internal enum FuzzPlace
{
    /// <summary>An arena of 1 MiB of which all pages are allocated.</summary>
    Allocated,

    /// <summary>An arena of 8 MiB on a file system that is full or almost full. Metadata that was never used is not allocated.</summary>
    FullFileSystem,

    /// <summary>An arena of 1 TiB. Pages that were never used are not allocated.</summary>
    Sparse,
}
