using System.Runtime.CompilerServices;

// The test suite measures and tests the single steps of creation, which are not public API.
[assembly: InternalsVisibleTo("PerfTests")]
[assembly: InternalsVisibleTo("Shm.Arena")]
[assembly: DisableRuntimeMarshalling]
