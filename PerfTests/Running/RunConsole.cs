namespace PerfTests.Running;

/// <summary>Prints the messages of a run, in colour if the output is a terminal.</summary>
/// <param name="write">Prints a text.</param>
internal sealed class RunConsole(Action<string> write)
{
    // Escape sequences that select a text colour (ECMA-48, Select Graphic Rendition). Without a sequence the runner prints
    // every message in yellow, like a warning.
    private const string Usual = "\e[39m";
    private const string Red = "\e[91m";

    /// <summary>True if texts may contain colour codes.</summary>
    public bool UsesColour { get; } = Terminal.ShowsColour();

    /// <summary>Prints a text.</summary>
    public void Say(string text) => Say(text, isBad: false);

    /// <summary>Prints a text, in red if <paramref name="isBad"/>.</summary>
    public void Say(string text, bool isBad) => write(UsesColour ? Paint(text, isBad) : text);

    /// <summary>Returns a text with colour codes: red if <paramref name="isBad"/>, otherwise the default colour.</summary>
    public static string Paint(string text, bool isBad) => $"{(isBad ? Red : Usual)}{text}{Usual}";
}
