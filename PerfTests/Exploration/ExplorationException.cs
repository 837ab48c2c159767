namespace PerfTests.Exploration;

/// <summary>A schedule broke a promise of the arena; the message names the promise and the evidence.</summary>
internal sealed class ExplorationException(string message) : Exception(message)
{
    /// <summary>Returns the message of a broken promise, and the whole text of every other exception.</summary>
    internal static string Describe(Exception failure) =>
        failure is ExplorationException ? failure.Message : failure.ToString();
}
