using System.Globalization;

namespace PerfTests.Reporting;

/// <summary>A row's parameter as people write it: sizes in KiB and MiB, everything else with its name.</summary>
internal static class ParameterText
{
    private const int UnitStep = 1_024;

    private static readonly string[] s_units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>The units that a parameter's name may end with, in the order of <see cref="s_units"/>.</summary>
    private static readonly string[] s_endings = ["bytes", "kibibytes", "mebibytes", "gibibytes"];

    /// <summary><c>kibibytes</c> 65,536 or <c>block_kibibytes</c> 65,536: 64 MiB; <c>segments</c> 100: segments: 100.</summary>
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
