namespace PerfTests.Results;

/// <summary>A results or baseline file cannot be used.</summary>
public sealed class ResultsFileException : Exception
{
    /// <summary>Says which file, why, and what to do.</summary>
    public ResultsFileException(string path, string reason, Exception? innerException = null)
        : base(
            $"{path} cannot be used: {reason}. Nothing was changed. "
            + "Take the file back from version control, or remove it and accept a new baseline with PERF_UPDATE_BASELINE=1.",
            innerException)
    {
    }
}
