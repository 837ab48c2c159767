namespace PerfTests.Exploration.Scheduling;

/// <summary>A member runs in a loop that contains no kill point. Its thread cannot be stopped, so the process must exit.</summary>
internal sealed class EndlessTurnException(string message) : Exception(message);
