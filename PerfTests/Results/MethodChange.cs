using System.Text.Json.Serialization;

namespace PerfTests.Results;

/// <summary>Method whose number of instructions changed.</summary>
/// <param name="Method">Name of the method, such as <c>ShmArena.TryResolve</c>.</param>
/// <param name="Change">Change in instructions per operation of the benchmark.</param>
public sealed record MethodChange([property: JsonRequired] string Method, [property: JsonRequired] double Change);
