using System.Text.Json.Serialization;

namespace PerfTests.Results;

/// <summary>Number of instructions that one method runs.</summary>
/// <param name="Method">Name of the method, such as <c>ShmArena.TryResolve</c>.</param>
/// <param name="Count">Instructions per operation of the benchmark.</param>
public sealed record MethodCount([property: JsonRequired] string Method, [property: JsonRequired] double Count);
