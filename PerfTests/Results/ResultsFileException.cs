namespace PerfTests.Results;

/// <summary>A results file or baseline cannot be used.</summary>
/// <param name="path">The file.</param>
/// <param name="reason">Reason, without a full stop.</param>
/// <param name="innerException">The cause.</param>
public sealed class ResultsFileException(string path, string reason, Exception? innerException = null)
    : Exception(
        $"Cannot use results file '{path}': {reason}. Give a results or baseline file of this suite, or restore this one.",
        innerException);
