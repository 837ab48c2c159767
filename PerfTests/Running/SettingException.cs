namespace PerfTests.Running;

/// <summary>A setting has a value that is not allowed.</summary>
public sealed class SettingException : Exception
{
    /// <summary>Creates an exception with a message.</summary>
    public SettingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception that names the setting, its value and the allowed values.</summary>
    public SettingException(string setting, string value, string allowed)
        : base($"{setting} is \"{value}\". Allowed: {allowed}.")
    {
    }
}
