using System.Reflection;
using System.Text.RegularExpressions;
using FluentAssertions;
using PerfTests.Files;
using Xunit;

namespace PerfTests.Tests.Architecture;

/// <summary>Tests rules for sources that no formatter checks.</summary>
[Category("Architecture")]
public sealed partial class SourceTests
{
    /// <summary>Value of <c>max_line_length</c> in .editorconfig.</summary>
    private const int MaxLineLength = 140;

    /// <summary>Limit that CONTRIBUTING states.</summary>
    private const int MaxLineCount = 300;

    private const BindingFlags AllDeclared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly;

    private static readonly string[] s_projects = ["Shm.Core", "Shm.Arena", "PerfTests"];
    private static readonly string[] s_outputs = ["bin", "obj", "node_modules"];

    [Fact]
    public void SourceFile_AnyLine_HasAtMost140Characters() =>
        SourceFiles().SelectMany(file => File.ReadLines(file)
                .Select((text, index) => (Text: text, Number: index + 1))
                .Where(line => line.Text.Length > MaxLineLength)
                .Select(line => $"{ProjectRoot.Relative(file)}:{line.Number}"))
            .Should().BeEmpty($"a line has at most {MaxLineLength} characters");

    [Fact]
    public void SourceFile_AnyFile_HasAtMost300Lines() =>
        SourceFiles().Where(file => File.ReadLines(file).Count() > MaxLineCount).Select(ProjectRoot.Relative)
            .Should().BeEmpty($"a file has at most {MaxLineCount} lines");

    [Fact]
    public void TestMethod_AnyClass_IsNamedOperationConditionOutcome() =>
        typeof(SourceTests).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("PerfTests.Tests", StringComparison.Ordinal) is true)
            .SelectMany(type => type.GetMethods(AllDeclared))
            .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true) && !NamePattern().IsMatch(method.Name))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .Should().BeEmpty();

    [Fact]
    public void Message_NumberBeforePlural_UsesCountText() =>
        SourceFiles().Where(file => ProjectRoot.Relative(file).StartsWith("PerfTests/", StringComparison.Ordinal)
                && !ProjectRoot.Relative(file).StartsWith("PerfTests/Tests/", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Where(line => NumberBeforePlural().IsMatch(line))
                .Select(line => $"{ProjectRoot.Relative(file)}: {line.Trim()}"))
            .Should().BeEmpty($"{nameof(CountText)} writes a number and a noun, so that a message never says \"1 rows\"");

    private static IEnumerable<string> SourceFiles() => s_projects
        .SelectMany(project => Directory.EnumerateFiles(ProjectRoot.Resolve(project), "*.cs", SearchOption.AllDirectories))
        .Where(file => !Path.GetRelativePath(ProjectRoot.Path, file).Split(Path.DirectorySeparatorChar).Any(s_outputs.Contains));

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*(_[A-Z0-9][A-Za-z0-9]*){2}$")]
    private static partial Regex NamePattern();

    /// <summary>
    /// Matches a value in a message that a plural follows. Constants, which have names such as <c>MaxSteps</c> and <c>s_timeout</c>, are
    /// never 1.
    /// </summary>
    [GeneratedRegex(
        """^(?!\s*///).*\{(?! |[A-Z]\w*(:\w+)?\}|s_)[^{}"]+\} ((more|fresh|paired|stored|failed|layout|change) )?"""
        + "(rows|runs|files|kills|stops|schedules|operations|processes|points|samples|values|minutes|trials|threads|pairs|methods|copies"
        + "|allocations|launches|lines|tests|baselines)\\b")]
    private static partial Regex NumberBeforePlural();
}
