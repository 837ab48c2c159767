namespace PerfTests.Versions;

/// <summary>A change to a copy of the project's sources, before it is built.</summary>
internal interface ISourceEdit
{
    /// <summary>The source file, from the top of the project.</summary>
    string File { get; }

    /// <summary>The changed source.</summary>
    /// <param name="source">The file's text; empty for a file that is not there.</param>
    /// <exception cref="VersionException">The edit does not fit the source.</exception>
    string Apply(string source);
}
