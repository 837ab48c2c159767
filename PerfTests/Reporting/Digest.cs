using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PerfTests.Reporting;

/// <summary>Stable ids of texts.</summary>
internal static class Digest
{
    /// <summary>The MD5 of the UTF-8 text, in lower-case hexadecimal digits: what Allure identifies tests by.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "An identity that other tools compute too; nothing is protected by it.")]
    public static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
