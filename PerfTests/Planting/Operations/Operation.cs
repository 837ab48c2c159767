using System.Reflection;

namespace PerfTests.Planting.Operations;

/// <summary>Public operation of the libraries: a method, a constructor or an accessor of a property.</summary>
/// <param name="Assembly">File name of the operation's assembly, such as <c>Shm.Arena.dll</c>.</param>
/// <param name="Name">Name with the types of the parameters, such as <c>ShmArena.Allocate(Int64)</c>.</param>
/// <param name="Token">Metadata token of the method whose code is the operation.</param>
/// <param name="Code">Name of that method, by which a token of another build is recognised as wrong.</param>
internal sealed record Operation(string Assembly, string Name, int Token, string Code)
{
    /// <summary>Describes a public method.</summary>
    /// <param name="method">The public method.</param>
    /// <param name="code">Method that contains its code. For an iterator, this is another method than the public one.</param>
    public static Operation Of(MethodBase method, MethodBase code) =>
        new(Path.GetFileName(method.Module.FullyQualifiedName), NameOf(method), code.MetadataToken, code.Name);

    private static string NameOf(MethodBase method)
    {
        var name = method.IsConstructor ? "new" : method.Name;
        var parameters = string.Join(", ", method.GetParameters().Select(parameter => TypeName(parameter.ParameterType)));
        return $"{method.DeclaringType!.Name}.{name}({parameters})";
    }

    private static string TypeName(Type type)
    {
        if (type.IsByRef)
        {
            return TypeName(type.GetElementType()!);
        }

        return type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>"
            : type.Name;
    }
}
