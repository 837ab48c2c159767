using System.Globalization;

namespace PerfTests.Exploration.Scheduling;

/// <summary>
/// A place where a schedule departs from the default, in which a member runs until it ends or waits, and then the first member
/// that can run goes on.
/// </summary>
/// <param name="Step">Number of the scheduling point, from 0.</param>
/// <param name="Member">Member that goes on, or that is killed.</param>
/// <param name="IsKill">True if the member is killed.</param>
internal readonly record struct Deviation(int Step, int Member, bool IsKill)
{
    private const char SwitchMark = '>', KillMark = 'x';

    /// <summary>Returns <c>12&gt;1</c> (at step 12 member 1 goes on) or <c>12x1</c> (at step 12 member 1 is killed).</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Step}{(IsKill ? KillMark : SwitchMark)}{Member}");

    /// <summary>Reads the text of <see cref="ToString"/>.</summary>
    /// <exception cref="FormatException">The text is no deviation.</exception>
    internal static Deviation Parse(string text)
    {
        var mark = text.IndexOfAny([SwitchMark, KillMark]);
        if (mark < 0 || !TryRead(text[..mark], out var step) || !TryRead(text[(mark + 1)..], out var member))
        {
            throw new FormatException($"\"{text}\" is neither STEP{SwitchMark}MEMBER nor STEP{KillMark}MEMBER.");
        }

        return new Deviation(step, member, text[mark] == KillMark);
    }

    private static bool TryRead(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
