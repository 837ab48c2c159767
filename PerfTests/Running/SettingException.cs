namespace PerfTests.Running;

/// <summary>A setting has a value that it cannot have.</summary>
public sealed class SettingException : Exception
{
    /// <summary>Says the whole of it in the caller's words.</summary>
    public SettingException(string message)
        : base(message)
    {
    }

    /// <summary>Says which setting, its value, and what is allowed.</summary>
    public SettingException(string setting, string value, string allowed)
        : base($"{setting} is \"{value}\". Allowed: {allowed}.")
    {
    }
}
