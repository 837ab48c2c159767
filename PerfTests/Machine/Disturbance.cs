namespace PerfTests.Machine;

/// <summary>Condition of the machine or of this process that makes measured values less reliable.</summary>
/// <param name="Message">Description of the condition, and its remedy.</param>
/// <param name="IsFatal">True if measured values are invalid; false if they are only noisier.</param>
public sealed record Disturbance(string Message, bool IsFatal);
