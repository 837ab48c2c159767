using PerfTests.Files;

namespace PerfTests.Running;

/// <summary>
/// One performance run at a time on a machine: two of them measure each other. The lock is on an open file, so
/// the kernel gives it back when its holder dies, however it dies.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Until when this process waits. Only its first row waits at length: the other run may hang, and so would every row.
    /// </summary>
    private static DateTime? s_end;

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    private static string Folder => ProjectRoot.Resolve(Setting.LockFolder.Text ?? FileLock.Folder);

    private static string FilePath => Path.Combine(Folder, "perftests.lock");

    private static string HolderPath => FilePath + ".holder";

    /// <summary>Checks the folder of the lock: one in which there can be no lock would be waited for in vain.</summary>
    /// <exception cref="SettingException">It is not there, is no folder, or has no lock and cannot be written to.</exception>
    public static void RequireFolder()
    {
        var problem = File.Exists(Folder) ? "it is a file"
            : !Directory.Exists(Folder) ? "there is no such folder"
            : File.Exists(FilePath) ? null
            : FolderProbe.WhyNotWritable(Folder);
        if (problem is not null)
        {
            throw Unusable(problem);
        }
    }

    /// <summary>Waits until no other run measures on this machine.</summary>
    /// <param name="progress">Told for whom it waits.</param>
    /// <exception cref="SettingException">There can be no lock in the folder.</exception>
    /// <exception cref="TimeoutException">The other run does not end.</exception>
    public static RunLock Acquire(Action<string> progress)
    {
        RequireFolder();
        var end = s_end ??= DateTime.UtcNow + s_patience;
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
                progress($"another performance run ({Holder()}) measures on this machine; waiting for it to end");
                hasSaid = true;
            }

            if (DateTime.UtcNow > end)
            {
                throw new TimeoutException(
                    $"Another performance run ({Holder()}) has measured on this machine for {s_patience.TotalMinutes:0} minutes. "
                    + "End it, or run again later.");
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
            throw Unusable("this user may not read its perftests.lock; remove that file, or chmod 644 it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e.Message);
        }
    }

    private static SettingException Unusable(string problem) => new(
        $"{Setting.LockFolder.Name} is \"{Setting.LockFolder.Text ?? FileLock.Folder}\", where no lock can be: {problem.TrimEnd('.')}. "
        + "Allowed: a folder that is there and can be written to, the same for every run on this machine.");

    private static void TryWriteHolder()
    {
        try
        {
            File.WriteAllText(
                HolderPath, FormattableString.Invariant($"process {Environment.ProcessId} since {DateTime.UtcNow:HH:mm:ss} UTC"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It only serves the message of another run.
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
            return "holder unknown";
        }
    }
}
