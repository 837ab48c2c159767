using System.Text.RegularExpressions;
using PerfTests.Files;

namespace PerfTests.Tests.Architecture;

/// <summary>
/// Picture of the rooms in PerfTests/README.md, the one place where rooms and allowed uses are written down. If it shows an
/// arrow <c>A --> B</c>, room A may use room B and every room that B may use.
/// </summary>
internal sealed partial class RoomPicture
{
    private const string Document = "PerfTests/README.md";

    private readonly ILookup<string, string> _arrows;

    private RoomPicture(IEnumerable<(string From, string To)> arrows)
    {
        Arrows = [.. arrows];
        _arrows = Arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
    }

    /// <summary>Gets the arrows of the picture.</summary>
    public IReadOnlyList<(string From, string To)> Arrows { get; }

    /// <summary>Gets the rooms that the picture shows.</summary>
    public IReadOnlyCollection<string> Rooms => [.. Arrows.SelectMany(arrow => new[] { arrow.From, arrow.To }).Distinct()];

    /// <summary>Reads the picture: the only Mermaid flowchart of the document.</summary>
    public static RoomPicture Read() => Parse(File.ReadAllText(ProjectRoot.Resolve(Document)));

    /// <summary>Reads the picture from a text in Markdown.</summary>
    public static RoomPicture Parse(string markdown)
    {
        var flowchart = FlowchartPattern().Match(markdown).Groups["lines"].Value;
        return new RoomPicture(
            from line in flowchart.Split('\n')
            let sides = line.Split("-->").Select(side => side.Split('&', StringSplitOptions.TrimEntries)).ToArray()
            where sides.Length == 2
            from source in sides[0]
            from target in sides[1]
            select (source, target));
    }

    /// <summary>Returns the rooms that a room may use.</summary>
    public IReadOnlySet<string> UsableBy(string room)
    {
        var usable = new HashSet<string>();
        var open = new Stack<string>(_arrows[room]);
        while (open.TryPop(out var next))
        {
            if (usable.Add(next))
            {
                foreach (var further in _arrows[next])
                {
                    open.Push(further);
                }
            }
        }

        return usable;
    }

    [GeneratedRegex(@"```mermaid\nflowchart[^\n]*\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex FlowchartPattern();
}
