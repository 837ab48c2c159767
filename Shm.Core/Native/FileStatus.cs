using System.Runtime.InteropServices;

namespace Shm.Core.Native;

/// <summary>
/// Kernel's <c>struct stat</c>, whose field order differs between x64 and arm64. This type is larger than the kernel's
/// structure on either architecture, so a C library that adds trailing fields cannot write beyond it.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    private const uint TypeMask = 0xF000, RegularFile = 0x8000, StickyBit = 0x200;

    [FieldOffset(0)] private readonly ulong _device;
    [FieldOffset(8)] private readonly ulong _inode;
    [FieldOffset(16)] private readonly uint _modeArm64;
    [FieldOffset(24)] private readonly uint _modeX64;
    [FieldOffset(24)] private readonly uint _userIdArm64;
    [FieldOffset(28)] private readonly uint _userIdX64;
    [FieldOffset(48)] private readonly long _byteCount;
    [FieldOffset(64)] private readonly long _blockCount;
    [FieldOffset(88)] private readonly long _modifiedSeconds;
    [FieldOffset(104)] private readonly long _changedSeconds;

    private static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private readonly uint Mode => IsX64 ? _modeX64 : _modeArm64;

    internal readonly FileIdentity Identity => new(_device, _inode);

    internal readonly bool IsRegularFile => (Mode & TypeMask) == RegularFile;

    /// <summary>True if the file has the sticky bit, which marks the files that this library creates.</summary>
    internal readonly bool IsSticky => (Mode & StickyBit) != 0;

    internal readonly uint UserId => IsX64 ? _userIdX64 : _userIdArm64;

    internal readonly long ByteCount => _byteCount;

    /// <summary>
    /// Number of bytes that the file system has allocated to the file. For a sparse file, this number is less than the length.
    /// </summary>
    internal readonly long ClaimedByteCount => _blockCount * 512;

    internal readonly DateTimeOffset Modified => DateTimeOffset.FromUnixTimeSeconds(_modifiedSeconds);

    /// <summary>Time of the last change of contents, length, mode or links. A program cannot set this time.</summary>
    internal readonly DateTimeOffset Changed => DateTimeOffset.FromUnixTimeSeconds(_changedSeconds);
}
