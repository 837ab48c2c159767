using FluentAssertions;
using PerfTests.Files;
using Xunit;

namespace PerfTests.Tests.Packages;

[Category("Packages")]
public sealed class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    private const string ArenaProgram = """

        ArenaExample.Run();

        internal static class ArenaExample
        {
            internal static void Run()
            {
                using Shm.Arena.ShmArena owner = Shm.Arena.ShmArena.Create(1 << 20);
                ShmBlock block = owner.Allocate(4096);
                ShmTransfer.Write(owner, block, "arena"u8, offset: 7);
                using Shm.Arena.ShmArena peer = Shm.Arena.ShmArena.Attach(owner.Name);
                byte[] bytes = new byte[5];
                ShmTransfer.Read(peer, block, bytes, offset: 7);
                long usedBytes = owner.UsedBytes;
                peer.Free(block);
                Console.WriteLine($"{System.Text.Encoding.UTF8.GetString(bytes)} {usedBytes}");
            }
        }
        """;

    [Theory]
    [InlineData("Shm.Core")]
    [InlineData("Shm.Arena")]
    public void Pack_Library_HasMetadataDocumentationAndSymbols(string library)
    {
        var metadata = feed.Metadata(library);
        foreach (var name in new[] { "version", "authors", "description", "tags", "readme" })
        {
            ((string?)metadata.Element(name)).Should().NotBeNullOrEmpty(name);
        }

        ((string?)metadata.Element("license")).Should().Be("Apache-2.0");
        metadata.Descendants("dependency").Select(dependency => (string?)dependency.Attribute("id"))
            .Should().BeEquivalentTo(library == "Shm.Arena" ? ["Shm.Core"] : Array.Empty<string>());
        PackageFeed.FilesIn(feed.Find(library, "nupkg"))
            .Should().Contain([$"lib/net10.0/{library}.dll", $"lib/net10.0/{library}.xml", "README.md"]);
        PackageFeed.FilesIn(feed.Find(library, "snupkg")).Should().Contain($"lib/net10.0/{library}.pdb");
    }

    [Fact]
    public void Consume_BothPackages_ReadmeExampleAndArenaProgramSucceed()
    {
        Requires.SharedMemory(4 << 20);
        var project = $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <AssemblyAttribute Include="System.Runtime.Versioning.SupportedOSPlatform">
                  <_Parameter1>linux</_Parameter1>
                </AssemblyAttribute>
                <PackageReference Include="Shm.Arena" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """;
        var example = MarkdownCode.Of(ProjectRoot.Resolve("Shm.Core/README.md"), "csharp");
        feed.RunConsumer(project, example + ArenaProgram).ReplaceLineEndings("\n").Trim()
            .Should().Be("hello\nresolved: True\narena 4096");
    }
}
