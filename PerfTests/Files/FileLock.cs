using System.Security.Cryptography;
using System.Text;

namespace PerfTests.Files;

/// <summary>
/// Lets one writer at a time read, change and write a file. The advisory lock belongs to an open file, so the kernel releases
/// the lock when the process that holds it exits or is killed.
/// </summary>
internal sealed class FileLock : IDisposable
{
    /// <summary>Folder of the lock files. The folder is fixed, because TMPDIR may differ between users and environments.</summary>
    public const string Folder = "/tmp";

    /// <summary>
    /// Number of lock files. Several files may share a lock. The writers of these files then wait for each other, but cannot
    /// deadlock, because no process holds two locks. Lock files are never removed: a process that waits for the lock of a
    /// removed file would not exclude a process that creates the file again.
    /// </summary>
    private const int LockCount = 64;

    /// <summary>EWOULDBLOCK, which .NET reports for a file that another thread or process has locked.</summary>
    private const int HeldByAnother = 11;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock of a file, and takes it.</summary>
    /// <exception cref="UnwritableFileException">Another process held the lock for 30 s, or the lock file cannot be opened.</exception>
    public static FileLock Acquire(string path) => Acquire(path, s_patience);

    /// <summary>Waits for the lock of a file for a limited time, and takes it.</summary>
    /// <exception cref="UnwritableFileException">
    /// Another process held the lock for this time, or the lock file cannot be opened.
    /// </exception>
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
                    FormattableString.Invariant($"another process has held the lock file {lockPath} for {patience.TotalSeconds:0} s"),
                    "End that process, or try again later.");
            }

            Thread.Sleep(s_pause);
        }
    }

    /// <summary>Opens a lock file, which locks it. Returns null if another thread or process has locked it.</summary>
    /// <exception cref="IOException">The file does not exist and cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public static FileStream? TryOpen(string lockPath)
    {
        try
        {
            // Read access is enough for the lock, and another user's file may not be writable. The kernel refuses O_CREAT on another
            // user's file in /tmp (fs.protected_regular).
            var mode = File.Exists(lockPath) ? FileMode.Open : FileMode.OpenOrCreate;
            return new FileStream(lockPath, mode, FileAccess.Read, FileShare.None);
        }
        catch (IOException e) when (e.HResult == HeldByAnother || (!OperatingSystem.IsLinux() && File.Exists(lockPath)))
        {
            return null;
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Returns the path of the lock file for a file. All paths and links to the file have the same lock file.</summary>
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
                path,
                $"the lock file {lockPath} cannot be opened ({e.Message.TrimEnd('.')})",
                "As its owner or as root, remove the lock file or make it readable (chmod 644).",
                e);
        }
    }
}
