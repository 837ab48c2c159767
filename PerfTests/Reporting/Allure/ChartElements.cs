using System.Globalization;
using System.Xml.Linq;

namespace PerfTests.Reporting.Allure;

/// <summary>Creates the SVG elements of charts.</summary>
internal static class ChartElements
{
    /// <summary>Styles for a light and a dark theme; the viewing program chooses one. The chart paints its own background.</summary>
    private const string Style = """
        .back { fill: #ffffff } .text { fill: #1f2328 } .faint { fill: #57606a } .line { stroke: #57606a } .grid { stroke: #d0d7de }
        .run { fill: #0072b2; stroke: #0072b2 } .base { fill: #d07f00; stroke: #d07f00 } .band { fill: #009e73; fill-opacity: 0.15 }
        text { font: 13px system-ui, sans-serif; stroke: none } .small { font-size: 12px } .title { font-size: 15px; font-weight: 600 }
        @media (prefers-color-scheme: dark) {
          .back { fill: #0d1117 } .text { fill: #e6edf3 } .faint { fill: #a5aeb8 } .line { stroke: #a5aeb8 } .grid { stroke: #30363d }
          .run { fill: #56b4e9; stroke: #56b4e9 } .base { fill: #e69f00; stroke: #e69f00 } .band { fill-opacity: 0.3 }
        }
        """;

    /// <summary>Namespace of SVG.</summary>
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Creates the root of a chart, with its title.</summary>
    public static XElement Root(string title, double width, double height) => new(
        Svg + "svg",
        new XAttribute("viewBox", FormattableString.Invariant($"0 0 {width} {height}")),
        new XAttribute("width", width),
        new XAttribute("height", height),
        new XAttribute("role", "img"),
        new XElement(Svg + "title", SafeText.Xml(title)),
        new XElement(Svg + "style", Style),
        Element("rect", "back", ("width", width), ("height", height)),
        Text("text title", 16, 26, title));

    /// <summary>Creates an element with numbers as attributes.</summary>
    public static XElement Element(string name, string @class, params (string Name, double Value)[] attributes) => new(
        Svg + name,
        new XAttribute("class", @class),
        attributes.Select(attribute => new XAttribute(attribute.Name, attribute.Value.ToString("0.##", CultureInfo.InvariantCulture))));

    /// <summary>Creates a line of text.</summary>
    public static XElement Text(string @class, double x, double y, string text) => With(
        Element("text", @class, ("x", x), ("y", y)), SafeText.Xml(SafeText.OneLine(text)));

    /// <summary>Adds attributes and elements to an element, and returns it.</summary>
    public static XElement With(XElement element, params object[] content)
    {
        element.Add(content);
        return element;
    }
}
