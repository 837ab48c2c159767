namespace PerfTests.Tests.Core;

/// <summary>File that takes the free memory of a file system, so that the file system is full.</summary>
internal sealed class Filler : IDisposable
{
    private const int PageBytes = 4096, ChunkBytes = 1 << 20;

    private static readonly byte[] s_chunk = new byte[ChunkBytes];

    private readonly FileStream _file;

    /// <summary>Creates the file, which takes all free memory.</summary>
    /// <param name="directory">Directory in the file system. No more than a few GiB may be free there.</param>
    internal Filler(string directory)
    {
        _file = new FileStream(Path.Combine(directory, "filler"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        Fill();
    }

    /// <summary>Takes the memory that is free now.</summary>
    internal void Fill()
    {
        foreach (var byteCount in new[] { ChunkBytes, PageBytes })
        {
            try
            {
                while (true)
                {
                    _file.Write(s_chunk, 0, byteCount);
                }
            }
            catch (IOException)
            {
                // A write that fails may have written its first pages.
                _file.SetLength(_file.Length / PageBytes * PageBytes);
                _file.Seek(0, SeekOrigin.End);
            }
        }
    }

    /// <summary>Frees pages of 4 KiB.</summary>
    internal void Free(int pageCount)
    {
        _file.SetLength(_file.Length - ((long)pageCount * PageBytes));
        _file.Seek(0, SeekOrigin.End);
    }

    public void Dispose() => _file.Dispose();
}
