using System.Text.RegularExpressions;
using PerfTests.Results;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>
/// Refuses a run whose settings are wrong: every row fails. The first failure gives reason and remedy, later ones the
/// reason.
/// </summary>
/// <param name="check">Throws where the run must not begin.</param>
internal sealed class RunGate(Action check)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly Lazy<Exception?> _refusal = new(() => Refusal(check));

    /// <summary>The gate of this process.</summary>
    public static RunGate OfProcess { get; } = new(SettingChecks.RequireAll);

    /// <summary>Checks once, and answers the same to every row.</summary>
    /// <exception cref="RunRefusedException">The run must not begin.</exception>
    public void Enter()
    {
        if (_refusal.Value is { } refusal)
        {
            throw new RunRefusedException(TextFor(refusal));
        }
    }

    /// <summary>True if an error says that the run was asked for wrongly, and not that measuring failed.</summary>
    public static bool IsWrongUse(Exception e) => e is RunRefusedException or SettingException or VersionException or ResultsFileException;

    /// <summary>Returns the failing outcome of a row that was refused because of an error.</summary>
    public RowOutcome Refuse(Exception e) => new(Verdict.Inconclusive, e is RunRefusedException ? e.Message : TextFor(e), IsStrict: true);

    private string TextFor(Exception e)
    {
        const string Start = "Not measured: ";
        if (_told.Add(e.Message))
        {
            return Start + e.Message;
        }

        // The reason stands first, up to a colon or a full stop.
        var end = Regex.Match(e.Message, @"[:.](\s|$)");
        return $"{Start}{(end.Success ? e.Message[..end.Index] : e.Message)}. The first row that failed says what to do.";
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
