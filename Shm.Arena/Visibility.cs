using System.Runtime.CompilerServices;

// The suite tests the size classes and the layout, which are no public promise.
[assembly: InternalsVisibleTo("PerfTests")]
