using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PerfTests.Versions;

/// <summary>Reads from the metadata of an assembly whether it was built with optimisation, without loading the assembly.</summary>
internal static class Optimisation
{
    /// <summary>Number of bytes of an attribute value whose only argument is a <see cref="DebuggableAttribute.DebuggingModes"/>.</summary>
    private const int BytesWithModes = 8;

    /// <summary>Tells whether the assembly tells the just-in-time compiler not to optimise its code.</summary>
    /// <param name="path">Path of the assembly.</param>
    /// <exception cref="BadImageFormatException">The file is not a .NET assembly.</exception>
    public static bool IsDisabled(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata)
        {
            throw new BadImageFormatException("the file has no metadata");
        }

        var metadata = file.GetMetadataReader();
        return metadata.GetAssemblyDefinition().GetCustomAttributes().Select(metadata.GetCustomAttribute)
            .Any(attribute => IsDebuggable(attribute, metadata) && DisablesOptimisation(metadata.GetBlobReader(attribute.Value)));
    }

    private static bool IsDebuggable(CustomAttribute attribute, MetadataReader metadata) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && metadata.GetTypeReference((TypeReferenceHandle)parent) is var type
        && metadata.StringComparer.Equals(type.Name, nameof(DebuggableAttribute))
        && metadata.StringComparer.Equals(type.Namespace, "System.Diagnostics");

    /// <summary>Reads the value: two bytes of prolog, then the modes, or two Booleans, the second of which disables optimisation.</summary>
    private static bool DisablesOptimisation(BlobReader value)
    {
        var hasModes = value.Length == BytesWithModes;
        value.ReadUInt16();
        if (hasModes)
        {
            var modes = (DebuggableAttribute.DebuggingModes)value.ReadInt32();
            return modes.HasFlag(DebuggableAttribute.DebuggingModes.DisableOptimizations);
        }

        value.ReadBoolean();
        return value.ReadBoolean();
    }
}
