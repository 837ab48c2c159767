using System.Runtime.CompilerServices;

// The test suite measures and tests the individual steps of creating a segment, which are not public API.
[assembly: InternalsVisibleTo("PerfTests")]
[assembly: InternalsVisibleTo("Shm.Arena")]
[assembly: DisableRuntimeMarshalling]
