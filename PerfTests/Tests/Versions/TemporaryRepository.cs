using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Versions;

/// <summary>Git repository in a temporary folder, with a minimal project.</summary>
internal sealed class TemporaryRepository : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-git-").FullName;

    /// <summary>Creates a repository, or skips the calling test if git is not installed.</summary>
    /// <param name="prefix">Folder of the project in the repository, with a slash at its end; empty for the top folder.</param>
    public TemporaryRepository(string prefix = "")
    {
        Assert.SkipWhen(new GitRepository(_folder).Ask("--version") is null, "needs git, which is not installed");
        Top = Path.Combine(_folder, "top");
        Project = Path.Combine(Top, prefix);
        Directory.CreateDirectory(Project);
        Run("init", "--quiet", "--initial-branch=main");
        Write("Shm.Core/Source.cs", "first");
        Write("Directory.Build.props", "<Project />");
        Write("README.md", "no part of a build");
        First = Commit();
    }

    /// <summary>Folder of the repository.</summary>
    public string Top { get; }

    /// <summary>Folder of the project in the repository.</summary>
    public string Project { get; }

    /// <summary>Hash of the first commit.</summary>
    public string First { get; }

    /// <summary>The suite's own access to git, in the folder of the project.</summary>
    public GitRepository Git => new(Project);

    /// <summary>Returns the path of a file or folder beside the repository.</summary>
    public string Beside(string name) => Path.Combine(_folder, name);

    /// <summary>Writes a file of the project.</summary>
    public void Write(string file, string text)
    {
        var path = Path.Combine(Project, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Writes a program that creates a file when it runs.</summary>
    /// <returns>Path of the file that the program creates.</returns>
    public string WriteProgram(string path)
    {
        var trace = Beside("ran");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\ntouch '{trace}'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return trace;
    }

    /// <summary>Commits all changes.</summary>
    /// <returns>Hash of the commit.</returns>
    public string Commit()
    {
        Run("add", "--all");
        Run("commit", "--quiet", "--allow-empty", "-m", "a commit");
        return Run("rev-parse", "HEAD");
    }

    /// <summary>Runs git in the top folder.</summary>
    public string Run(params string[] arguments) => RunIn(Top, arguments);

    /// <summary>Runs git in a folder.</summary>
    public static string RunIn(string folder, params string[] arguments)
    {
        string[] all = ["-c", "user.name=tests", "-c", "user.email=tests@localhost", "-c", "protocol.file.allow=always", .. arguments];
        return new GitRepository(folder).Try(out var output, out var problem, all) ? output : throw new InvalidOperationException(problem);
    }

    /// <summary>Lists the files in the .git folder with their sizes and times, which change when a file is written.</summary>
    public string[] OwnFiles() =>
    [
        .. new DirectoryInfo(Path.Combine(Top, ".git")).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
