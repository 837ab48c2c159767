namespace PerfTests.Files;

/// <summary>Tests whether files can be written in a folder, by writing a file there.</summary>
internal static class FolderProbe
{
    /// <summary>Creates a folder if it does not exist, and writes and deletes a file in it.</summary>
    /// <returns>Null if files can be written there, else the reason why not.</returns>
    public static string? WhyNotWritable(string folder)
    {
        if (File.Exists(folder))
        {
            return $"{ProjectRoot.Relative(folder)} is a file";
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }

        return WhyNotWritableBeside(Path.Combine(folder, "probe"));
    }

    /// <summary>Writes and deletes a temporary file in the folder of a file. The file itself need not exist.</summary>
    /// <returns>Null if files can be written there, else the reason why not.</returns>
    public static string? WhyNotWritableBeside(string path)
    {
        try
        {
            var probe = $"{path}.{Guid.NewGuid():N}.tmp";
            File.WriteAllText(probe, string.Empty);
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
