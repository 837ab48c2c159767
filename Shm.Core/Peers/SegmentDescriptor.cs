using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Shm.Core;

/// <summary>
/// What a process tells its peers about one of its segments. It travels as bytes: "SHM1", address and length as
/// 64-bit integers, the name's length as a 16-bit integer, the name in UTF-8; integers are little-endian.
/// </summary>
/// <param name="Address">The first byte's address in the owner's address space.</param>
/// <param name="ByteCount">Mapped bytes.</param>
/// <param name="Name">The object's name, without slash.</param>
public sealed record SegmentDescriptor(ulong Address, long ByteCount, string Name)
{
    private const int FixedByteCount = 22;

    private static ReadOnlySpan<byte> Magic => "SHM1"u8;

    /// <summary>The descriptor as bytes.</summary>
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

    /// <summary>Reads the descriptor that a buffer starts with; several may follow each other.</summary>
    /// <param name="source">What a peer sent.</param>
    /// <param name="consumedByteCount">How many bytes the descriptor took.</param>
    /// <exception cref="ShmException">It is no descriptor, is cut off, or says what can't be.</exception>
    public static SegmentDescriptor Read(ReadOnlySpan<byte> source, out int consumedByteCount)
    {
        if (source.Length < FixedByteCount)
        {
            Refuse($"{source.Length} bytes are fewer than the {FixedByteCount} of the shortest one");
        }

        if (!source.StartsWith(Magic))
        {
            Refuse("it does not start with \"SHM1\"");
        }

        consumedByteCount = FixedByteCount + BinaryPrimitives.ReadUInt16LittleEndian(source[20..]);
        if (source.Length < consumedByteCount)
        {
            Refuse($"it is cut off after {source.Length} of {consumedByteCount} bytes");
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
            Refuse("its name is no UTF-8");
            throw;
        }
    }

    /// <summary>Checks what a peer says before anything is done with it.</summary>
    /// <exception cref="ShmException">The range is empty or overflows the address space, or the name can't be one.</exception>
    internal void Validate()
    {
        SegmentName.Validate(Name);
        if (ByteCount <= 0 || Address > ulong.MaxValue - (ulong)ByteCount)
        {
            Refuse($"{ByteCount} bytes from address 0x{Address:x} are empty or overflow the address space");
        }
    }

    [DoesNotReturn]
    private static void Refuse(string reason) =>
        ShmException.Throw("descriptor", "of a peer's segment", reason, "Send what SegmentDescriptor.ToBytes made, whole and unchanged.");
}
