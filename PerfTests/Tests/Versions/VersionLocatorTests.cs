using System.Diagnostics;
using FluentAssertions;
using Mono.Cecil;
using PerfTests.ChildProcesses;
using PerfTests.Files;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Versions;

[Category("Measurement")]
public sealed class VersionLocatorTests
{
    [Theory]
    [InlineData("no-such-revision")]
    [InlineData("--help")]
    [InlineData("no/such/folder")]
    public void Find_UnknownRevision_ErrorQuotesGitAndNamesTheRemedy(string value) =>
        FluentActions.Invoking(() => VersionLocator.Find("PERF_BASE", value, _ => { }))
            .Should().Throw<VersionException>()
            .WithMessage($"PERF_BASE is \"{value}\"*neither*Shm.Core.dll*nor a revision*Git says: *Allowed: a branch*");

    [Fact]
    public void Find_FolderOfAssemblies_ReturnsItWithoutABuild()
    {
        var progress = new List<string>();
        var version = VersionLocator.Find("PERF_BASE", TestExecutable.Folder, progress.Add);
        version.Folder.Should().Be(TestExecutable.Folder);
        progress.Should().BeEmpty("nothing is built");
    }

    [Fact]
    public void Find_FolderWithoutTheLibraries_ThrowsVersionException()
    {
        using var folder = new TemporaryFolder();
        FluentActions.Invoking(() => VersionLocator.Find("PERF_BASE", folder.Path, _ => { })).Should().Throw<VersionException>();
        File.Copy(Path.Combine(TestExecutable.Folder, LibraryVersion.RequiredAssembly), Required(folder));
        VersionLocator.Find("PERF_BASE", folder.Path, _ => { }).Label.Should().Be(folder.Path);
    }

    [Fact]
    public void Find_FileIsNoAssembly_ErrorNamesTheFile()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Required(folder), "no assembly");
        FluentActions.Invoking(() => VersionLocator.Find("PERF_BASE", folder.Path, _ => { }))
            .Should().Throw<VersionException>().WithMessage($"PERF_BASE is \"{folder.Path}\", but Shm.Core.dll*cannot be read as*");
    }

    [Theory]
    [InlineData(DebuggableAttribute.DebuggingModes.Default | DebuggableAttribute.DebuggingModes.DisableOptimizations)]
    [InlineData(true, true)]
    public void Find_AssemblyWithoutOptimisation_ErrorNamesFileAndRemedy(params object[] arguments)
    {
        using var folder = new TemporaryFolder();
        WriteAssembly(Required(folder), arguments);
        FluentActions.Invoking(() => VersionLocator.Find("PERF_BASE", folder.Path, _ => { }))
            .Should().Throw<VersionException>()
            .WithMessage($"PERF_BASE is \"{folder.Path}\", but Shm.Core.dll*without optimisation*dotnet build -c Release*");
    }

    [Theory]
    [InlineData(DebuggableAttribute.DebuggingModes.Default)]
    [InlineData(true, false)]
    public void Find_OptimisedAssemblyForDebugging_IsAccepted(params object[] arguments)
    {
        using var folder = new TemporaryFolder();
        WriteAssembly(Required(folder), arguments);
        VersionLocator.Find("PERF_BASE", folder.Path, _ => { }).Folder.Should().Be(folder.Path);
    }

    private static string Required(TemporaryFolder folder) => Path.Combine(folder.Path, LibraryVersion.RequiredAssembly);

    /// <summary>Writes Shm.Core with other arguments of its <see cref="DebuggableAttribute"/>.</summary>
    private static void WriteAssembly(string path, object[] arguments)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(Path.Combine(TestExecutable.Folder, LibraryVersion.RequiredAssembly));
        var attributes = assembly.CustomAttributes;
        foreach (var present in attributes.Where(one => one.AttributeType.Name == nameof(DebuggableAttribute)).ToArray())
        {
            attributes.Remove(present);
        }

        var constructor = typeof(DebuggableAttribute).GetConstructor([.. arguments.Select(argument => argument.GetType())]);
        var added = new CustomAttribute(assembly.MainModule.ImportReference(constructor));
        foreach (var argument in arguments)
        {
            var value = argument is bool ? argument : (int)argument;
            added.ConstructorArguments.Add(new CustomAttributeArgument(assembly.MainModule.ImportReference(argument.GetType()), value));
        }

        attributes.Add(added);
        assembly.Write(path);
    }
}
