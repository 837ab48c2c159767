using System.Runtime.CompilerServices;

// PerfTests tests size classes, layout and protocol, which are not part of the public API.
[assembly: InternalsVisibleTo("PerfTests")]
