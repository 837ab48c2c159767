using System.Runtime.InteropServices;

namespace Shm.Core.Native;

/// <summary>The start of the kernel's <c>struct statfs</c>, the same on x64 and arm64, with room for the rest.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileSystemStatus
{
    private const long HugetlbfsMagic = 0x958458F6;

    [FieldOffset(0)] private readonly long _type;
    [FieldOffset(8)] private readonly long _blockByteCount;
    [FieldOffset(16)] private readonly ulong _blockCount;

    internal readonly bool IsHugetlbfs => _type == HugetlbfsMagic;

    /// <summary>On a hugetlbfs the size of its pages.</summary>
    internal readonly long BlockByteCount => _blockByteCount;

    /// <summary>Whether the file system is limited and holds fewer bytes, free and used together. One without a limit says 0.</summary>
    internal readonly bool IsSmallerThan(long byteCount) =>
        _blockCount != 0 && _blockByteCount > 0 && (UInt128)_blockCount * (ulong)_blockByteCount < (ulong)byteCount;
}
