namespace PerfTests.Versions;

/// <summary>A statement to put in at the start of a method.</summary>
/// <param name="File">The source file, from the top of the project.</param>
/// <param name="Method">A part of the method's signature that the file has once.</param>
/// <param name="Statement">The statement.</param>
internal sealed record SourceEdit(string File, string Method, string Statement) : ISourceEdit
{
    /// <summary>The source with the statement in it.</summary>
    /// <exception cref="VersionException">The file does not have the method, has it more than once, or it has no block for a body.</exception>
    public string Apply(string source)
    {
        var method = source.IndexOf(Method, StringComparison.Ordinal);
        if (method < 0 || source.IndexOf(Method, method + 1, StringComparison.Ordinal) >= 0)
        {
            throw new VersionException($"{File} has \"{Method}\" {(method < 0 ? "nowhere" : "more than once")}, so no statement can be put into it. Mend the edit that names it.");
        }

        var body = source.IndexOfAny(['{', ';'], method);
        if (body < 0 || source[body] != '{' || source.IndexOf("=>", method, body - method, StringComparison.Ordinal) >= 0)
        {
            throw new VersionException($"\"{Method}\" in {File} has no block for a body, so no statement can be put into it. Mend the edit that names it.");
        }

        return source.Insert(body + 1, $" {Statement}");
    }
}
