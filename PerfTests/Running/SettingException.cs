namespace PerfTests.Running;

/// <summary>A setting has a value that it cannot have.</summary>
public sealed class SettingException(string setting, string value, string allowed)
    : Exception($"{setting} is \"{value}\". Allowed: {allowed}.");
