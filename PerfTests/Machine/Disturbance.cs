namespace PerfTests.Machine;

/// <summary>Something on this machine or in this process that makes figures worth less.</summary>
/// <param name="Message">What it is, and what to do about it.</param>
/// <param name="IsFatal">True if no figure measured under it can be trusted; false if it only adds noise.</param>
public sealed record Disturbance(string Message, bool IsFatal);
