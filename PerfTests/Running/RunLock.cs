using PerfTests.Files;

namespace PerfTests.Running;

/// <summary>
/// Lock that allows one performance run at a time on a machine, because two runs disturb each other. The lock belongs to an
/// open file, so the kernel releases the lock when the process exits or is killed.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Time at which this process stops waiting for the lock. All rows share this time: if the other run hangs, the first row
    /// waits until then, and later rows fail at once.
    /// </summary>
    private static DateTime? s_end;

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    private static string Folder => ProjectRoot.Resolve(Setting.LockFolder.Text ?? FileLock.Folder);

    private static string FilePath => Path.Combine(Folder, "perftests.lock");

    private static string HolderPath => FilePath + ".holder";

    /// <summary>Checks that the lock file exists in its folder or can be created there.</summary>
    /// <exception cref="SettingException">The folder does not exist, is a file, or is not writable and has no lock file.</exception>
    public static void RequireFolder()
    {
        var problem = File.Exists(Folder) ? "it is a file"
            : !Directory.Exists(Folder) ? "the folder does not exist"
            : File.Exists(FilePath) ? null
            : FolderProbe.WhyNotWritable(Folder);
        if (problem is not null)
        {
            throw Unusable(problem);
        }
    }

    /// <summary>Waits until no other run measures on this machine, then takes the lock.</summary>
    /// <param name="progress">Shows a message that names the other run.</param>
    /// <exception cref="SettingException">The lock file cannot be opened.</exception>
    /// <exception cref="TimeoutException">The other run has not ended within 30 minutes.</exception>
    public static RunLock Acquire(Action<string> progress)
    {
        RequireFolder();
        var end = s_end ??= DateTime.UtcNow + s_timeout;
        var hasSaid = false;
        while (true)
        {
            if (TryOpen() is { } file)
            {
                TryWriteHolder();
                s_end = null;
                return new RunLock(file);
            }

            if (!hasSaid)
            {
                progress($"another performance run ({Holder()}) is measuring on this machine; waiting until it ends");
                hasSaid = true;
            }

            if (DateTime.UtcNow > end)
            {
                throw new TimeoutException(
                    $"Waited {s_timeout.TotalMinutes:0} minutes for another performance run ({Holder()}) on this machine. "
                    + "Stop it, or run again later.");
            }

            Thread.Sleep(s_pause);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen()
    {
        try
        {
            return FileLock.TryOpen(FilePath);
        }
        catch (UnauthorizedAccessException) when (File.Exists(FilePath))
        {
            throw Unusable($"this user may not read {FilePath}; as its owner or as root, remove the file or run chmod 644 {FilePath}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e.Message);
        }
    }

    private static SettingException Unusable(string problem) => new(
        $"{Setting.LockFolder.Name} is \"{Setting.LockFolder.Text ?? FileLock.Folder}\", where the lock file cannot be opened: "
        + $"{problem.TrimEnd('.')}. Allowed: an existing writable folder, the same for all runs on this machine.");

    private static void TryWriteHolder()
    {
        try
        {
            File.WriteAllText(
                HolderPath, FormattableString.Invariant($"process {Environment.ProcessId} since {DateTime.UtcNow:HH:mm:ss} UTC"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file that names this process only serves the messages of other runs, so this run continues without the file.
        }
    }

    private static string Holder()
    {
        try
        {
            return File.ReadAllText(HolderPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "process unknown";
        }
    }
}
