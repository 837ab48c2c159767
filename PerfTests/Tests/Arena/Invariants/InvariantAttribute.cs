namespace PerfTests.Tests.Arena.Invariants;

/// <summary>Names the sentence of the chapter "Invariants" of Shm.Arena/README.md that a test checks.</summary>
/// <param name="sentence">The sentence, without Markdown.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class InvariantAttribute(string sentence) : Attribute
{
    internal string Sentence { get; } = sentence;
}
