using System.Runtime.InteropServices;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>One step of a script: the block in a slot is freed, and a new block takes the slot.</summary>
/// <param name="Slot">Index of the slot.</param>
/// <param name="ByteCount">Size of the new block, in bytes.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Replacement(int Slot, int ByteCount);
