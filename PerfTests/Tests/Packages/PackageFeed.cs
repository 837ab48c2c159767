using System.IO.Compression;
using System.Xml.Linq;
using PerfTests.ChildProcesses;
using PerfTests.Files;
using PerfTests.Versions;

namespace PerfTests.Tests.Packages;

/// <summary>Temporary folder with the packages of both libraries, packed from the working tree.</summary>
public sealed class PackageFeed : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PackageFeed()
    {
        foreach (var project in LibraryBuild.Projects)
        {
            // The output goes to a separate path, because the working tree's output may be in use. Packing skips the analyzers,
            // because the build of the solution runs them.
            Run(ProjectRoot.Path,
                "pack", project, "--output", Folder, "--artifacts-path", Path.Combine(_folder.Path, "artifacts"),
                "-p:RunAnalyzers=false", "--nologo", "--verbosity", "quiet", "--disable-build-servers");
        }
    }

    /// <summary>Folder that contains the packages.</summary>
    public string Folder => Path.Combine(_folder.Path, "feed");

    /// <summary>Returns the path of a package, or of its symbols.</summary>
    public string Find(string library, string extension) => Directory.GetFiles(Folder, $"{library}.*.{extension}").Single();

    /// <summary>Gets the version of the packages.</summary>
    public string Version => (string)Metadata(LibraryBuild.Projects[0]).Element("version")!;

    /// <summary>Returns the names of the files in a package.</summary>
    public static string[] FilesIn(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    /// <summary>Returns the metadata of a package, without XML namespaces.</summary>
    public XElement Metadata(string library)
    {
        using var archive = ZipFile.OpenRead(Find(library, "nupkg"));
        using var stream = archive.GetEntry($"{library}.nuspec")!.Open();
        var root = XElement.Load(stream);
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return root.Element("metadata")!;
    }

    /// <summary>Builds and runs a program that takes packages from this folder only.</summary>
    /// <returns>Output of the program.</returns>
    public string RunConsumer(string project, string program)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "consumer")).FullName;
        File.WriteAllText(Path.Combine(folder, "Consumer.csproj"), project);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="local" value="{Folder}" /></packageSources>
            </configuration>
            """);
        Run(folder, "build", "--output", "out", "--nologo", "--verbosity", "quiet", "--disable-build-servers");
        return Run(folder, Path.Combine("out", "Consumer.dll"));
    }

    public void Dispose() => _folder.Dispose();

    private string Run(string folder, params string[] arguments)
    {
        var environment = LibraryBuild.WithoutCaller();
        if (folder != ProjectRoot.Path)
        {
            // The program gets its own package cache, because the user's cache may contain an older package of the same
            // version.
            environment["NUGET_PACKAGES"] = Path.Combine(_folder.Path, "packages");
        }

        var (exitCode, output, all) = ExternalProgram.Run("dotnet", arguments, folder, environment);
        return exitCode == 0 ? output : throw new InvalidOperationException(
            $"dotnet {string.Join(' ', arguments)} exited with code {exitCode}:\n{all}");
    }
}
