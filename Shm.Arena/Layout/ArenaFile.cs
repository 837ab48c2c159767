using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Shm.Arena.Native;
using Shm.Core;
using Shm.Core.Native;

namespace Shm.Arena;

/// <summary>
/// Shared-memory object of an arena. The object is mapped at a multiple of 2 MiB, its header is written or verified, and its
/// file is open for record locks.
/// </summary>
internal sealed unsafe class ArenaFile
{
    private ArenaFile(ShmSegment segment, SafeFileHandle handle, ArenaLayout layout, nint slot, long slotBytes)
    {
        if (slot != 0 && segment.Length > slotBytes)
        {
            ShmException.Throw("map", segment.Name,
                $"the arena has {segment.Length} bytes, but a slot of the arena table has only {slotBytes}",
                "Create the arena table with larger slots.");
        }

        (Segment, Handle) = (segment, handle);
        Align(slot == 0 ? 0 : slot - (nint)layout.Data);
        Memory = new ArenaMemory(segment.Address, layout, handle);
    }

    internal ShmSegment Segment { get; }

    internal SafeFileHandle Handle { get; }

    internal ArenaMemory Memory { get; }

    /// <summary>Creates the object and writes its header; a failure leaves nothing behind.</summary>
    /// <param name="options">Options, validated by the caller.</param>
    /// <param name="slot">
    /// Address in an arena table at which the data must begin, with room for the metadata before it; 0 accepts any address.
    /// </param>
    /// <param name="slotBytes">Size of one slot of the table, in bytes; 0 without a table.</param>
    internal static ArenaFile Create(ShmArenaOptions options, nint slot, long slotBytes)
    {
        var layout = new ArenaLayout(options.CapacityBytes);
        var segment = ShmSegment.CreateExclusive(options.Name, layout.TotalBytes,
            new ShmSegmentOptions { Directory = options.Directory, HugePages = options.HugePages, NumaNode = options.NumaNode });
        SafeFileHandle? handle = null;
        try
        {
            handle = Open(segment);
            var file = new ArenaFile(segment, handle, layout, slot, slotBytes);
            file.ReservePages(options);
            file.WriteHeader(options.Reserve);
            if (options.PrefaultInBackground)
            {
                file.PrefaultInBackground(options.PrefaultThreads);
            }

            return file;
        }
        catch
        {
            handle?.Dispose();
            segment.Dispose();
            throw;
        }
    }

    /// <summary>Opens and verifies the object that another process created.</summary>
    internal static ArenaFile Attach(string name, ShmArenaAttachOptions options, nint slot, long slotBytes)
    {
        var segment = ShmSegment.Open(name, ArenaLayout.PageBytes,
            new ShmSegmentOpenOptions
            {
                Directory = options.Directory,
                AllowForeignOwner = options.AllowForeignOwner,
                HugePages = options.HugePages,
            });
        SafeFileHandle? handle = null;
        try
        {
            handle = Open(segment);
            var layout = HeaderVerification.Verify(segment, handle);
            var file = new ArenaFile(segment, handle, layout, slot, slotBytes);
            file.BackFirstPages();
            if (options.Prefault)
            {
                file.Prefault(options.PrefaultThreads);
            }
            else if (options.PrefaultInBackground)
            {
                file.PrefaultInBackground(options.PrefaultThreads);
            }

            return file;
        }
        catch
        {
            handle?.Dispose();
            segment.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file of the mapped object, and verifies that it is not a newer object of the same name.</summary>
    internal static SafeFileHandle Open(ShmSegment segment)
    {
        var label = SegmentPath.Label(segment.Directory, segment.Name);
        var descriptor = SegmentCalls.OpenFileExisting(SegmentPath.Encode(segment.Directory, segment.Name), readOnly: false);
        if (descriptor < 0)
        {
            ShmException.ThrowLastError("open", label, segment.Directory);
        }

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (!SegmentCalls.TryGetStatus(descriptor, out var status) || status.Identity != segment.Identity)
        {
            file.Dispose();
            ShmException.Throw("open", label, "another object of the same name has replaced this one meanwhile", "Try again.");
        }

        return file;
    }

    private void Align(nint slot)
    {
        var address = slot != 0 ? slot : AddressSpace.Reserve(Segment.Length, ArenaLayout.DataAlignment);
        if (AddressSpace.TryMove(Segment.Address, Segment.Length, address))
        {
            Segment.MovedTo(address);
            Segment.LiesInReservation = slot != 0;
        }
        else
        {
            var errno = SegmentCalls.LastError;
            if (slot == 0)
            {
                AddressSpace.Release(address, Segment.Length);
            }

            // A mapping of 1-GiB pages cannot be moved to a multiple of 2 MiB, but its address already is a multiple of 2 MiB.
            Check("mremap", slot == 0 && Segment.Address % ArenaLayout.DataAlignment == 0 ? 0 : errno);
        }
    }

    private void ReservePages(ShmArenaOptions options)
    {
        var layout = Memory.Layout;
        ReserveMetadata(0, options.Reserve ? layout.Heaps : layout.PageMap);
        if (options.Reserve)
        {
            var reserved = MetadataReservation.For(layout, options.ReservedBlockBytes);
            ReserveMetadata(layout.Heaps, Memory.BackedHeaps.EndOf(reserved.HeapCount) - layout.Heaps);
            ReserveMetadata(layout.Parts, Memory.BackedParts.EndOf(reserved.PartCount) - layout.Parts);
            ReserveData(options);
        }

        if (options.Prefault)
        {
            Prefault(options.PrefaultThreads);
        }
    }

    private void ReserveData(ShmArenaOptions options)
    {
        var (data, byteCount) = (Memory.Layout.Data, Memory.Layout.CapacityBytes);
        if (options.HugePages)
        {
            var (call, errno) = HugePageReservation.Reserve(
                (int)Handle.DangerousGetHandle(), data, Segment.Address + (nint)data, byteCount, options.PrefaultThreads);
            Check(call, errno);
        }
        else
        {
            Check("fallocate", Memory.File.Reserve(data, byteCount));
        }
    }

    /// <summary>
    /// Backs a range of metadata. It is reserved first, because that fails before it takes the last memory of the file system.
    /// </summary>
    private void ReserveMetadata(long offset, long byteCount)
    {
        byteCount = (byteCount + ArenaLayout.PageBytes - 1) & -ArenaLayout.PageBytes;
        Check("fallocate", Memory.File.Reserve(offset, byteCount));
        Populate(offset, byteCount);
    }

    /// <summary>
    /// Backs the pages before the page map. They have a hole only if the file was damaged or copied without its empty pages.
    /// </summary>
    private void BackFirstPages()
    {
        var backedEnd = Math.Min(Memory.File.BackedEnd(0) & -ArenaLayout.PageBytes, Memory.Layout.PageMap);
        Populate(backedEnd, Memory.Layout.PageMap - backedEnd);
    }

    /// <summary>Maps the data, and all metadata that is backed.</summary>
    private void Prefault(int threads)
    {
        foreach (var (offset, byteCount) in BackedMetadata())
        {
            Populate(offset, byteCount);
        }

        // Kernels before Linux 5.14 do not know the call; then the calling thread accesses each page.
        var layout = Memory.Layout;
        var errno = Prefaulting.Populate(Segment.Address + (nint)layout.Data, layout.CapacityBytes, readOnly: false, threads);
        if (errno == Errno.Invalid)
        {
            Populate(layout.Data, layout.CapacityBytes);
        }
        else
        {
            Check("madvise", errno);
        }
    }

    /// <summary>Starts to map all metadata that is backed, and then the data.</summary>
    private void PrefaultInBackground(int threads) =>
        Segment.StartPrefault(threads, [.. BackedMetadata(), (Memory.Layout.Data, Memory.Layout.CapacityBytes)]);

    /// <summary>Returns the ranges of the metadata that are backed or always used.</summary>
    private (long Offset, long ByteCount)[] BackedMetadata()
    {
        var layout = Memory.Layout;
        Memory.BackedHeaps.Confirm(ArenaLayout.HeapCount);
        Memory.BackedParts.Confirm(layout.PartCount);
        return
        [
            (0, layout.Heaps),
            (layout.Heaps, Memory.BackedHeaps.BackedEnd - layout.Heaps),
            (layout.Parts, Memory.BackedParts.BackedEnd - layout.Parts),
        ];
    }

    private void Populate(long offset, long byteCount) => Check("madvise", Memory.File.Back(offset, byteCount));

    private void Check(string operation, int errno)
    {
        if (errno != 0)
        {
            ShmException.ThrowErrno(operation, SegmentPath.Label(Segment.Directory, Segment.Name), errno, Segment.Directory);
        }
    }

    private void WriteHeader(bool isReserved)
    {
        var header = Memory.Header;
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
        header->Publish();
    }
}
