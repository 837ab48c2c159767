using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PerfTests.Reporting;

/// <summary>Computes stable ids from texts.</summary>
internal static class Digest
{
    /// <summary>Returns the MD5 hash of the UTF-8 text, in lower-case hexadecimal digits. Allure identifies tests by such hashes.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "Other tools compute the same id; it protects nothing.")]
    public static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
