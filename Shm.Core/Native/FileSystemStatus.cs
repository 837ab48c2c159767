using System.Runtime.InteropServices;

namespace Shm.Core.Native;

/// <summary>First fields of the kernel's <c>struct statfs</c>, identical on x64 and arm64, with room for the remaining ones.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileSystemStatus
{
    private const long HugetlbfsMagic = 0x958458F6, TmpfsMagic = 0x01021994;

    [FieldOffset(0)] private readonly long _type;
    [FieldOffset(8)] private readonly long _blockByteCount;
    [FieldOffset(16)] private readonly ulong _blockCount;
    [FieldOffset(40)] private readonly ulong _inodeCount;
    [FieldOffset(48)] private readonly ulong _freeInodeCount;

    internal readonly bool IsHugetlbfs => _type == HugetlbfsMagic;

    internal readonly bool IsTmpfs => _type == TmpfsMagic;

    /// <summary>True if the file system limits the number of its inodes and has no free one.</summary>
    internal readonly bool HasNoFreeInode => _inodeCount > 0 && _freeInodeCount == 0;

    /// <summary>Block size in bytes; on a hugetlbfs the size of its huge pages.</summary>
    internal readonly long BlockByteCount => _blockByteCount;

    /// <summary>Returns true if the total size of the file system is below a number of bytes.</summary>
    // A tmpfs without a limit reports 0 blocks.
    internal readonly bool IsSmallerThan(long byteCount) =>
        _blockCount != 0 && _blockByteCount > 0 && (UInt128)_blockCount * (ulong)_blockByteCount < (ulong)byteCount;
}
