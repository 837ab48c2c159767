using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Shm.Core;

/// <summary>Description of a segment. The owner sends the description to peer processes, so that they can map the segment.</summary>
/// <param name="Address">Address of the segment's first byte in the owner's address space.</param>
/// <param name="ByteCount">Length of the segment in bytes.</param>
/// <param name="Name">Name of the segment.</param>
/// <remarks>
/// Serialised form, with little-endian integers: "SHM1", address (64 bits), length (64 bits), byte count of the name (16 bits), name
/// in UTF-8.
/// </remarks>
public sealed record SegmentDescriptor(ulong Address, long ByteCount, string Name)
{
    private const int FixedByteCount = 22;

    private static ReadOnlySpan<byte> Magic => "SHM1"u8;

    /// <summary>Serialises the descriptor.</summary>
    /// <exception cref="ShmException">Name or range is not valid.</exception>
    public byte[] ToBytes()
    {
        Validate();
        var bytes = new byte[FixedByteCount + Encoding.UTF8.GetByteCount(Name)];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(4), Address);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), ByteCount);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(20), (ushort)(bytes.Length - FixedByteCount));
        Encoding.UTF8.GetBytes(Name, bytes.AsSpan(FixedByteCount));
        return bytes;
    }

    /// <summary>Reads one descriptor from the start of a buffer that may contain several descriptors.</summary>
    /// <param name="source">Bytes from the peer process.</param>
    /// <param name="consumedByteCount">Number of bytes that the descriptor occupies.</param>
    /// <exception cref="ShmException">
    /// <paramref name="source"/> is truncated, is not a descriptor, or contains values that are not valid.
    /// </exception>
    public static SegmentDescriptor Read(ReadOnlySpan<byte> source, out int consumedByteCount)
    {
        if (source.Length < FixedByteCount)
        {
            Refuse($"it has {source.Length} bytes, and the shortest descriptor has {FixedByteCount}");
        }

        if (!source.StartsWith(Magic))
        {
            Refuse("it does not start with \"SHM1\"");
        }

        consumedByteCount = FixedByteCount + BinaryPrimitives.ReadUInt16LittleEndian(source[20..]);
        if (source.Length < consumedByteCount)
        {
            Refuse($"it is truncated after {source.Length} of {consumedByteCount} bytes");
        }

        var descriptor = new SegmentDescriptor(
            BinaryPrimitives.ReadUInt64LittleEndian(source[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[12..]),
            ReadName(source[FixedByteCount..consumedByteCount]));
        descriptor.Validate();
        return descriptor;
    }

    private static string ReadName(ReadOnlySpan<byte> text)
    {
        try
        {
            return SegmentName.StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            Refuse("its name is not valid UTF-8");
            throw;
        }
    }

    /// <summary>Validates the values before they are used: they may come from another process.</summary>
    /// <exception cref="ShmException">The range is empty or overflows the address space, or the name is not valid.</exception>
    internal void Validate()
    {
        SegmentName.Validate(Name);
        if (ByteCount <= 0 || Address > ulong.MaxValue - (ulong)ByteCount)
        {
            Refuse($"its range of {ByteCount} bytes from address 0x{Address:x} is empty or overflows the address space");
        }
    }

    [DoesNotReturn]
    private static void Refuse(string reason) =>
        ShmException.Throw("validate descriptor", "of a peer process's segment", reason,
            "Send the bytes of SegmentDescriptor.ToBytes complete and unchanged.");
}
