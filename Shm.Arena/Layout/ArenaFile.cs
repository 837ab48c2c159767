using System.Security.Cryptography;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Shm.Arena.Native;
using Shm.Core;
using Shm.Core.Native;

namespace Shm.Arena;

/// <summary>An arena's object: mapped at a multiple of 2 MiB, with its header written or verified, and open for locks.</summary>
internal sealed unsafe class ArenaFile
{
    private ArenaFile(ShmSegment segment, ArenaLayout layout, nint slot, long slotBytes)
    {
        if (slot != 0 && segment.Length > slotBytes)
        {
            ShmException.Throw("map", segment.Name, $"it takes {segment.Length} bytes, and the directory's slots have {slotBytes}",
                "Create the directory with larger slots.");
        }

        Segment = segment;
        Handle = Open(segment);
        Align(slot == 0 ? 0 : slot - (nint)layout.Data);
        Memory = new ArenaMemory(segment.Address, layout);
    }

    internal ShmSegment Segment { get; }

    internal SafeFileHandle Handle { get; }

    internal ArenaMemory Memory { get; }

    /// <summary>Creates the object and writes its header; whatever fails leaves nothing behind.</summary>
    /// <param name="options">Checked by the caller.</param>
    /// <param name="slot">An address in a reservation at which its data shall begin, with room for its metadata before; or 0.</param>
    /// <param name="slotBytes">How much room there is.</param>
    internal static ArenaFile Create(ShmArenaOptions options, nint slot, long slotBytes)
    {
        var layout = new ArenaLayout(options.CapacityBytes);
        ShmSegment segment = ShmSegment.CreateExclusive(options.Name, layout.TotalBytes,
            new ShmSegmentOptions { Directory = options.Directory, HugePages = options.HugePages });
        ArenaFile? file = null;
        try
        {
            file = new ArenaFile(segment, layout, slot, slotBytes);
            file.Claim(options);
            file.WriteHeader(options.Reserve);
            return file;
        }
        catch
        {
            file?.Handle.Dispose();
            segment.Dispose();
            throw;
        }
    }

    /// <summary>Opens and verifies what another process created.</summary>
    internal static ArenaFile Attach(string name, ShmArenaAttachOptions options, nint slot, long slotBytes)
    {
        ShmSegment segment = ShmSegment.Open(name, ArenaLayout.PageBytes,
            new ShmSegmentOpenOptions { Directory = options.Directory, AllowForeignOwner = options.AllowForeignOwner });
        ArenaFile? file = null;
        try
        {
            ArenaLayout layout = HeaderVerification.Verify(segment);
            file = new ArenaFile(segment, layout, slot, slotBytes);
            file.VerifyIdentity();
            if (options.Prefault)
            {
                file.Prefault();
            }

            return file;
        }
        catch
        {
            file?.Handle.Dispose();
            segment.Dispose();
            throw;
        }
    }

    /// <summary>Claims bytes of the object from the file system without mapping them; 0 or the error number.</summary>
    internal int Reserve(long offset, long byteCount) =>
        SegmentBacking.Reserve((int)Handle.DangerousGetHandle(), offset, byteCount);

    private static SafeFileHandle Open(ShmSegment segment)
    {
        byte[] path = SegmentPath.Encode(segment.Directory, segment.Name);
        int descriptor = SegmentCalls.OpenFileExisting(path, readOnly: false);
        if (descriptor < 0)
        {
            ShmException.ThrowLastError("open", SegmentPath.Label(segment.Directory, segment.Name), segment.Directory);
        }

        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private void Align(nint place)
    {
        nint address = place != 0 ? place : AddressSpace.Reserve(Segment.Length, ArenaLayout.DataAlignment);
        if (AddressSpace.TryMove(Segment.Address, Segment.Length, address))
        {
            Segment.MovedTo(address);
            Segment.LiesInReservation = place != 0;
        }
        else
        {
            int errno = SegmentCalls.LastError;
            if (place == 0)
            {
                AddressSpace.Release(address, Segment.Length);
            }

            // Huge pages of 1 GiB can't be put at any multiple of 2 MiB, and need not be.
            Check("mremap", place == 0 && Segment.Address % ArenaLayout.DataAlignment == 0 ? 0 : errno);
        }
    }

    private void Claim(ShmArenaOptions options)
    {
        ArenaLayout layout = Memory.Layout;
        Check("fallocate", Reserve(0, options.Reserve ? layout.Heaps : layout.PageMap));
        if (options.Reserve)
        {
            Check("fallocate", Reserve(layout.Data, layout.CapacityBytes));
        }

        if (options.Prefault)
        {
            Prefault();
        }
    }

    /// <summary>The parts are mapped as they are claimed: they are for blocks of 16 bytes, and mostly never used.</summary>
    private void Prefault()
    {
        ArenaLayout layout = Memory.Layout;
        Populate(0, layout.Heaps);
        Populate(layout.Data, layout.CapacityBytes);
    }

    private void Populate(long offset, long byteCount)
    {
        int errno = SegmentBacking.Populate(Memory.AddressOf(offset), byteCount, readOnly: false);
        if (errno == Errno.Invalid)
        {
            // Before Linux 5.14.
            Check("fallocate", Reserve(offset, byteCount));
            SegmentBacking.Touch(Memory.AddressOf(offset), byteCount, readOnly: false);
            errno = 0;
        }

        Check("madvise", errno);
    }

    private void Check(string operation, int errno)
    {
        if (errno != 0)
        {
            ShmException.ThrowErrno(operation, SegmentPath.Label(Segment.Directory, Segment.Name), errno, Segment.Directory);
        }
    }

    private void WriteHeader(bool isReserved)
    {
        ArenaHeader* header = Memory.Header;
        header->Version = ArenaLayout.Version;
        (header->CapacityBytes, header->TotalBytes) = (Memory.Layout.CapacityBytes, Memory.Layout.TotalBytes);
        Span<ulong> random = stackalloc ulong[1];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(random));
        header->Identity = random[0];
        (header->PartBytes, header->ClassCount) = (SlabPart.ByteCount, SizeClasses.Count);
        (header->ProcessCount, header->HeapCount) = (ArenaLayout.ProcessCount, ArenaLayout.HeapCount);
        header->IsReserved = isReserved ? 1u : 0;
        header->Checksum = ArenaHeader.ComputeChecksum(header);
        (header->PartsEverUsed, header->SearchPartsFrom) = (1, 1);
        Volatile.Write(ref header->Magic, ArenaHeader.MagicValue);
    }

    /// <summary>That the descriptor is of the object that is mapped, and not of a newer one of the same name.</summary>
    private void VerifyIdentity()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        ulong identity = Memory.Header->Identity;
        bool isSame = RandomAccess.Read(Handle, bytes, (long)((byte*)&Memory.Header->Identity - (byte*)Memory.Header)) == bytes.Length
            && MemoryMarshal.Read<ulong>(bytes) == identity;
        if (!isSame)
        {
            ShmException.Throw("attach", Segment.Name, "the arena was replaced by another one of the same name meanwhile", "Attach again.");
        }
    }
}
