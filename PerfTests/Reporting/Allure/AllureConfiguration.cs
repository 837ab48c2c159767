using System.Text.Json;
using PerfTests.Files;

namespace PerfTests.Reporting.Allure;

/// <summary>Reads Allure's configuration file, as the official adapter does.</summary>
/// <param name="Directory">Absolute path of the folder for results.</param>
public sealed record AllureConfiguration(string Directory)
{
    /// <summary>Environment variable that names the configuration file.</summary>
    public const string VariableName = "ALLURE_CONFIG";

    /// <summary>Folder for results if the configuration names no folder.</summary>
    public const string DefaultDirectory = "allure-results";

    private const string FileName = "allureConfig.json";

    /// <summary>Reads the file that <c>ALLURE_CONFIG</c> names, or else the file beside the binaries if that exists.</summary>
    /// <exception cref="AllureConfigurationException">The named file does not exist, or is not an Allure configuration.</exception>
    public static AllureConfiguration Read() =>
        Read(Environment.GetEnvironmentVariable(VariableName), Path.Combine(AppContext.BaseDirectory, FileName));

    /// <summary>Reads the named file, or else the usual file if that exists.</summary>
    /// <exception cref="AllureConfigurationException">The named file does not exist, or is not an Allure configuration.</exception>
    public static AllureConfiguration Read(string? named, string usual)
    {
        var isNamed = !string.IsNullOrEmpty(named);
        var path = isNamed ? ProjectRoot.Resolve(named!) : usual;
        if (!File.Exists(path))
        {
            return isNamed
                ? throw new AllureConfigurationException(
                    $"Cannot read {VariableName} \"{named}\": there is no such file. Name an {FileName}, or unset the variable.")
                : new AllureConfiguration(ProjectRoot.Resolve(DefaultDirectory));
        }

        try
        {
            // The file may contain comments, and keys of other adapters.
            var file = JsonSerializer.Deserialize<ConfigurationFile>(File.ReadAllText(path), s_options);
            var directory = file?.Allure?.Directory is { Length: > 0 } given ? given : DefaultDirectory;
            return new AllureConfiguration(ProjectRoot.Resolve(directory));
        }
        catch (JsonException e)
        {
            throw new AllureConfigurationException(
                $"Cannot use {(isNamed ? named : FileName)}: it is not an Allure configuration ({e.Message.TrimEnd('.')}). Correct it.", e);
        }
    }

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private sealed record ConfigurationFile(AllureSection? Allure);

    private sealed record AllureSection(string? Directory);
}

/// <summary>Allure's configuration cannot be used.</summary>
public sealed class AllureConfigurationException(string message, Exception? innerException = null) : Exception(message, innerException);
