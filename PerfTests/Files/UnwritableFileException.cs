namespace PerfTests.Files;

/// <summary>A file cannot be written.</summary>
/// <param name="path">The file.</param>
/// <param name="reason">Why, without a full stop.</param>
/// <param name="remedy">What to do about it, as a sentence.</param>
/// <param name="innerException">The cause.</param>
internal sealed class UnwritableFileException(string path, string reason, string remedy, Exception? innerException = null)
    : IOException($"Cannot write '{path}': {reason}. {remedy}", innerException);
