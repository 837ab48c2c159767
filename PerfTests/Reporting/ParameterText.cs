using System.Globalization;

namespace PerfTests.Reporting;

/// <summary>Formats parameters of rows: sizes in KiB or MiB, and other parameters with their name.</summary>
internal static class ParameterText
{
    private const int UnitStep = 1_024;

    private static readonly string[] s_units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Endings of the names of size parameters, in the order of <see cref="s_units"/>.</summary>
    private static readonly string[] s_endings = ["bytes", "kibibytes", "mebibytes", "gibibytes"];

    /// <summary>
    /// Returns a text such as <c>64 MiB</c> for <c>block_kibibytes</c> 65536, or <c>segments: 100</c> for <c>segments</c> 100.
    /// </summary>
    public static string Of(string name, int value)
    {
        var unit = Array.IndexOf(s_endings, name.Split('_')[^1]);
        if (unit < 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{name}: {value:N0}");
        }

        double size = value;
        for (; size >= UnitStep && unit < s_units.Length - 1; unit++)
        {
            size /= UnitStep;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.##} {s_units[unit]}");
    }
}
