namespace Shm.Core.Native;

/// <summary>Identity of a file. A name can be removed and given to another file; the identity tells the two files apart.</summary>
/// <param name="Device">Number of the file system.</param>
/// <param name="Inode">Number of the file. The kernel may reuse the number once no name and no process refers to the file.</param>
internal sealed record FileIdentity(ulong Device, ulong Inode);
