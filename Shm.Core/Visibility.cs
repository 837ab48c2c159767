using System.Runtime.CompilerServices;

// The suite times and tests the single steps of creation, which are no public promise.
[assembly: InternalsVisibleTo("PerfTests")]
[assembly: InternalsVisibleTo("Shm.Arena")]
[assembly: DisableRuntimeMarshalling]
