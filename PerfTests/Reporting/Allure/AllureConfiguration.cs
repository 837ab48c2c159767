using System.Text.Json;
using PerfTests.Files;

namespace PerfTests.Reporting.Allure;

/// <summary>Allure's own configuration file, as the official adapter reads it.</summary>
/// <param name="Directory">Where the results go, as an absolute path.</param>
public sealed record AllureConfiguration(string Directory)
{
    /// <summary>The environment variable that names another file.</summary>
    public const string VariableName = "ALLURE_CONFIG";

    /// <summary>Where the results go if no file says anything else.</summary>
    public const string UsualDirectory = "allure-results";

    private const string FileName = "allureConfig.json";

    /// <summary>Reads the file that <c>ALLURE_CONFIG</c> names, or else the one beside the binaries, if there is one.</summary>
    /// <exception cref="AllureConfigurationException">The file that was named is not there, or it is not such a file.</exception>
    public static AllureConfiguration Read() =>
        Read(Environment.GetEnvironmentVariable(VariableName), Path.Combine(AppContext.BaseDirectory, FileName));

    /// <summary>Reads the named file, or else the usual one, if there is one.</summary>
    /// <exception cref="AllureConfigurationException">The file that was named is not there, or it is not such a file.</exception>
    public static AllureConfiguration Read(string? named, string usual)
    {
        var isNamed = !string.IsNullOrEmpty(named);
        var path = isNamed ? ProjectRoot.Resolve(named!) : usual;
        if (!File.Exists(path))
        {
            return isNamed
                ? throw new AllureConfigurationException($"{VariableName} is \"{named}\", and there is no such file. Allowed: the path of an {FileName}.")
                : new AllureConfiguration(ProjectRoot.Resolve(UsualDirectory));
        }

        try
        {
            // Other adapters' keys may be in it, and comments.
            var file = JsonSerializer.Deserialize<ConfigurationFile>(File.ReadAllText(path), s_options);
            return new AllureConfiguration(ProjectRoot.Resolve(file?.Allure?.Directory is { Length: > 0 } directory ? directory : UsualDirectory));
        }
        catch (JsonException e)
        {
            throw new AllureConfigurationException($"{(isNamed ? named : FileName)} is not an Allure configuration: {e.Message}", e);
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
