using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PerfTests.AllocatorComparison.Memory;

/// <summary>
/// Reads the resident memory of this process from <c>smaps_rollup</c>, which counts the pages that are mapped. The counters of
/// <c>status</c> and <c>statm</c> may be off by some hundred KiB. Reading allocates nothing.
/// </summary>
internal sealed class ResidentMemory : IDisposable
{
    private const string RollupPath = "/proc/self/smaps_rollup";

    private readonly SafeFileHandle _file = File.OpenHandle(RollupPath);
    private readonly byte[] _text = GC.AllocateArray<byte>(4096, pinned: true);

    /// <summary>Returns the number of resident bytes, including those of shared memory.</summary>
    /// <exception cref="InvalidDataException">The file has no line <c>Rss</c>.</exception>
    public long Read()
    {
        var text = _text.AsSpan(0, RandomAccess.Read(_file, _text, 0));
        var name = "\nRss:"u8;
        var start = text.IndexOf(name);
        if (start < 0)
        {
            throw new InvalidDataException($"{RollupPath} has no line Rss: {Encoding.UTF8.GetString(text)}");
        }

        var number = text[(start + name.Length)..].TrimStart((byte)' ');
        long kibibytes = 0;
        foreach (var digit in number[..number.IndexOf((byte)' ')])
        {
            kibibytes = (kibibytes * 10) + digit - '0';
        }

        return kibibytes << 10;
    }

    public void Dispose() => _file.Dispose();
}
