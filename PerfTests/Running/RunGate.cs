using System.Text.RegularExpressions;
using PerfTests.Results;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>
/// Refuses a run with wrong settings by failing every row. The message of the first row contains the reason and the remedy; the
/// messages of later rows contain only the reason.
/// </summary>
/// <param name="check">Check that throws if the run must not start.</param>
internal sealed class RunGate(Action check)
{
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private readonly Lazy<Exception?> _refusal = new(() => Refusal(check));

    /// <summary>Gate of this process.</summary>
    public static RunGate OfProcess { get; } = new(SettingChecks.RequireAll);

    /// <summary>Runs the check for the first row; all later rows get the same result.</summary>
    /// <exception cref="RunRefusedException">The run must not start.</exception>
    public void Enter()
    {
        if (_refusal.Value is { } refusal)
        {
            throw new RunRefusedException(TextFor(refusal));
        }
    }

    /// <summary>True if the cause of an error is a wrong setting or file, and not a failed measurement.</summary>
    public static bool IsWrongUse(Exception e) => e is RunRefusedException or SettingException or VersionException or ResultsFileException;

    /// <summary>Returns the outcome of a row that is refused because of an error. The test of such a row fails.</summary>
    public RowOutcome Refuse(Exception e) => new(Verdict.Inconclusive, e is RunRefusedException ? e.Message : TextFor(e), IsStrict: true);

    private string TextFor(Exception e)
    {
        const string Start = "Not measured: ";
        if (_shown.Add(e.Message))
        {
            return Start + e.Message;
        }

        // The first part of a message, up to a colon or a full stop, is the reason.
        var end = Regex.Match(e.Message, @"[:.](\s|$)");
        return $"{Start}{(end.Success ? e.Message[..end.Index] : e.Message)}. The message of the first failed row says what to do.";
    }

    private static Exception? Refusal(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (Exception e) when (IsWrongUse(e))
        {
            return e;
        }
    }
}
