namespace PerfTests.Versions;

/// <summary>A source file more.</summary>
/// <param name="File">Where it goes, from the top of the project.</param>
/// <param name="Content">Its text.</param>
internal sealed record AddedFile(string File, string Content) : ISourceEdit
{
    /// <inheritdoc/>
    public string Apply(string source) => source.Length == 0
        ? Content
        : throw new VersionException($"{File} is there already, so it cannot be added. Mend the edit that names it.");
}
