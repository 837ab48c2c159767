using System.Text;

namespace PerfTests.Files;

/// <summary>Writes files atomically: a killed or failing writer leaves the previous file unchanged.</summary>
internal static class AtomicFile
{
    private const string Remedy = "Choose a path that this user may write to, on a file system with free space.";

    /// <summary>
    /// Folders of devices, pipes and open descriptors. Files in these folders cannot be replaced, so they are written to
    /// directly.
    /// </summary>
    private static readonly string[] s_deviceFolders = ["/dev/", "/proc/"];

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the text as UTF-8 without a byte-order mark.</summary>
    /// <returns>Path of the file.</returns>
    /// <exception cref="UnwritableFileException">The file cannot be written; the previous one is unchanged.</exception>
    public static string Write(string path, string text) => Write(path, stream => stream.Write(s_utf8.GetBytes(text)));

    /// <summary>
    /// Writes a file, and creates its folder if the folder does not exist. If the path is a symbolic link, the link is kept and its
    /// target is replaced.
    /// </summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="isDurable">True if the content must have reached the disk before it replaces the previous file.</param>
    /// <returns>Path of the file.</returns>
    /// <exception cref="UnwritableFileException">The file cannot be written; the previous one is unchanged.</exception>
    public static string Write(string path, Action<Stream> write, bool isDurable = false)
    {
        if (string.IsNullOrEmpty(path))
        {
            throw new UnwritableFileException(path, "the path is empty", Remedy);
        }

        try
        {
            if (IsDevice(path))
            {
                using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                write(device);
            }
            else
            {
                Replace(RealPath.Of(path), write, isDurable);
            }

            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnwritableFileException(path, Directory.Exists(path) ? "it is a folder" : Reason(e), Remedy, e);
        }
    }

    /// <summary>
    /// Creates a folder and checks that files can be written there. Call this before a long measurement, whose results would
    /// otherwise be lost.
    /// </summary>
    /// <exception cref="UnwritableFileException">No file can be written in the folder.</exception>
    public static void RequireFolder(string folder)
    {
        if (FolderProbe.WhyNotWritable(folder) is { } problem)
        {
            throw new UnwritableFileException(folder, problem.TrimEnd('.'), Remedy);
        }
    }

    private static void Replace(string path, Action<Stream> write, bool isDurable)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var temporary = WriteTemporary(folder, write, isDurable);
        try
        {
            if (!OperatingSystem.IsWindows() && File.Exists(path))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes a temporary file with a unique name, so that concurrent writers do not share it.</summary>
    private static string WriteTemporary(string folder, Action<Stream> write, bool isDurable)
    {
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            write(stream);
            stream.Flush(isDurable);
            return temporary;
        }
        catch
        {
            // The file may not have been created, and its folder may not exist.
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            throw;
        }
    }

    private static bool IsDevice(string path) => Path.GetFullPath(path) is var full
        && !full.StartsWith("/dev/shm/", StringComparison.Ordinal)
        && Array.Exists(s_deviceFolders, folder => full.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>Returns the system's message without the name of the temporary file, which means nothing to the reader.</summary>
    private static string Reason(Exception fault)
    {
        var text = fault.Message.TrimEnd('.');
        var end = text.IndexOf(" : '", StringComparison.Ordinal);
        return end > 0 ? text[..end] : text;
    }
}
