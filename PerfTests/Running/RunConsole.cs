namespace PerfTests.Running;

/// <summary>Says what a run does, with colour where a person watches it in a terminal.</summary>
/// <param name="write">Shows a text.</param>
internal sealed class RunConsole(Action<string> write)
{
    // Select Graphic Rendition (ECMA-48): the runner shows messages in yellow, which is for warnings.
    private const string Usual = "\e[39m";
    private const string Red = "\e[91m";

    /// <summary>True if texts may carry colour.</summary>
    public bool UsesColour { get; } = Terminal.ShowsColour();

    /// <summary>Says a text.</summary>
    public void Say(string text) => Say(text, isBad: false);

    /// <summary>Says a text, in red where it is bad news.</summary>
    public void Say(string text, bool isBad) => write(UsesColour ? Paint(text, isBad) : text);

    /// <summary>Returns a text in the colour of bad or of any other news.</summary>
    public static string Paint(string text, bool isBad) => $"{(isBad ? Red : Usual)}{text}{Usual}";
}
