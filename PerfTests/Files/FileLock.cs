using System.Security.Cryptography;
using System.Text;

namespace PerfTests.Files;

/// <summary>
/// Lets one writer at a time read, change and write a file. The lock is advisory and on an open file, so the kernel
/// releases it when its holder exits, however it exits.
/// </summary>
internal sealed class FileLock : IDisposable
{
    /// <summary>The folder of locks: the same for every user and environment, where TMPDIR would make a lock for each.</summary>
    public static string Folder { get; } = OperatingSystem.IsWindows() ? Path.GetTempPath() : "/tmp";

    /// <summary>
    /// Files that share a lock only wait for each other, and nobody holds two. A fixed number leaves a fixed number of
    /// empty files; removing one that another process waits on would give the two of them different locks.
    /// </summary>
    private const int LockCount = 64;

    /// <summary>What .NET says of a file that another process has locked: EWOULDBLOCK of Linux and macOS, and Windows' own.</summary>
    private static readonly int[] s_heldByAnother = [11, 35, unchecked((int)0x80070020)];

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits until no other thread or process holds the lock of this file.</summary>
    /// <exception cref="UnwritableFileException">Another process holds the lock for too long, or the lock cannot be opened.</exception>
    public static FileLock Acquire(string path) => Acquire(path, s_patience);

    /// <summary>Waits for the lock of this file at most so long.</summary>
    /// <exception cref="UnwritableFileException">Another process holds the lock for longer, or the lock cannot be opened.</exception>
    public static FileLock Acquire(string path, TimeSpan patience)
    {
        var lockPath = PathOf(path);
        var end = DateTime.UtcNow + patience;
        while (true)
        {
            if (TryOpenLock(path, lockPath) is { } file)
            {
                return new FileLock(file);
            }

            if (DateTime.UtcNow > end)
            {
                throw new UnwritableFileException(
                    path,
                    FormattableString.Invariant($"another process has held its lock {lockPath} for {patience.TotalSeconds:0} s"),
                    "End that process, or try again later.");
            }

            Thread.Sleep(s_pause);
        }
    }

    /// <summary>Opens a lock file, which locks it; null if another thread or process has it open.</summary>
    /// <exception cref="IOException">The file is not there and cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public static FileStream? TryOpen(string lockPath)
    {
        try
        {
            // Reading is enough for the lock, and the next to take it may be another user. Another user's file must
            // not be opened in a way that would create it: kernels forbid that in /tmp.
            var mode = File.Exists(lockPath) ? FileMode.Open : FileMode.OpenOrCreate;
            return new FileStream(lockPath, mode, FileAccess.Read, FileShare.None);
        }
        catch (IOException e) when (s_heldByAnother.Contains(e.HResult))
        {
            return null;
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Gets the lock of a file, whatever path or link it is named by.</summary>
    private static string PathOf(string path)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(RealPath.Of(path)));
        return Path.Combine(Folder, FormattableString.Invariant($"perftests-{hash[0] % LockCount:00}.lock"));
    }

    private static FileStream? TryOpenLock(string path, string lockPath)
    {
        try
        {
            return TryOpen(lockPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnwritableFileException(
                path, $"its lock {lockPath} cannot be opened ({e.Message.TrimEnd('.')})", "Remove the lock file, or chmod 644 it.", e);
        }
    }
}
