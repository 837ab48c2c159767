namespace PerfTests.Files;

/// <summary>A file cannot be written.</summary>
/// <param name="path">Path of the file.</param>
/// <param name="reason">Reason, without a full stop.</param>
/// <param name="remedy">Remedy, as a sentence.</param>
/// <param name="innerException">The cause.</param>
internal sealed class UnwritableFileException(string path, string reason, string remedy, Exception? innerException = null)
    : IOException($"Cannot write '{path}': {reason}. {remedy}", innerException);
