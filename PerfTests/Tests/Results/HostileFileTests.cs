using System.Globalization;
using System.Text;
using CsCheck;
using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Results;
using Xunit;

namespace PerfTests.Tests.Results;

[Category("Formats")]
public sealed class HostileFileTests : IDisposable
{
    private const int FuzzCases = 6_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-").FullName;

    private string FilePath => Path.Combine(_folder, "results.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_MutatedFile_SucceedsOrThrowsResultsFileException()
    {
        var valid = Valid();
        var mutation = Gen
            .Select(
                Gen.Int[0, 5],
                Gen.Int[0, valid.Length - 1],
                Gen.Int[1, 64],
                Gen.Byte,
                (kind, position, length, value) => (kind, position, length, value));
        int read = 0, refused = 0;
        mutation.Array[1, 3].Sample(
            mutations =>
            {
                // Some file systems flush an overwritten file to the disk, which is slow. They do not flush a new file.
                File.Delete(FilePath);
                File.WriteAllBytes(
                    FilePath, mutations.Aggregate(valid, (bytes, one) => Mutate(bytes, one.kind, one.position, one.length, one.value)));
                try
                {
                    ResultsFile.Read(FilePath);
                    read++;
                }
                catch (ResultsFileException)
                {
                    refused++;
                }
            },
            iter: FuzzCases,
            threads: 1);
        (read + refused).Should().BeGreaterThanOrEqualTo(FuzzCases);
        read.Should().BePositive("some mutations leave the file readable");
        refused.Should().BeGreaterThan(FuzzCases / 4, "many mutations make the file unreadable");
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"metrics\":", "}")]
    [InlineData("{\"timestamp\":\"2026-01-28T12:34:56\",\"metrics\":{},\"unknown\":", "}")]
    public void Read_DeepNesting_Throws(string open, string close)
    {
        const int Levels = 100_000;
        File.WriteAllText(FilePath, string.Concat(Enumerable.Repeat(open, Levels)) + string.Concat(Enumerable.Repeat(close, Levels)));
        Refused().WithMessage("*results.json*not a results file*");
    }

    [Fact]
    public void Read_HugeFile_ThrowsBeforeReading()
    {
        using (var stream = File.Create(FilePath))
        {
            stream.SetLength(100_000_000);
        }

        Refused().WithMessage("*100,000,000 bytes*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("{\"timestamp\":\"2026-01-28T12:34:56\"}")]
    [InlineData("{\"timestamp\":\"2026-01-28T12:34:56\",\"metrics\":null}")]
    [InlineData("{\"timestamp\":\"2026-01-28T12:34:56\",\"metrics\":{},\"metadata\":null,\"schema_version\":1}")]
    [InlineData("{\"timestamp\":\"yesterday\",\"metrics\":{},\"schema_version\":1}")]
    [InlineData("{\"timestamp\":\"2026-01-28T12:34:56\",\"metrics\":{},\"metadata\":{\"git_commit\":\"\\ud800\"}}")]
    [InlineData("{\"timestamp\":\"2026-01-28T12:34:56\",\"metrics\":{\"\\udc00\":null}}")]
    public void Read_ContentOfAnotherFormat_Throws(string text)
    {
        File.WriteAllText(FilePath, text);
        Refused().WithMessage("*results.json*");
    }

    [Theory]
    [InlineData("\"floor_nanoseconds\": 10,", "\"floor_nanoseconds\": NaN,")]
    [InlineData("\"floor_nanoseconds\": 10,", "\"floor_nanoseconds\": \"NaN\",")]
    [InlineData("\"floor_nanoseconds\": 10,", "\"floor_nanoseconds\": Infinity,")]
    [InlineData("\"floor_nanoseconds\": 10,", "")]
    [InlineData("[10, 20]", "[10, null]")]
    [InlineData("[10, 20]", "[10, [20]]")]
    [InlineData("[10, 20]", "7")]
    [InlineData("\"direction\": \"lower\"", "\"direction\": \"sideways\"")]
    [InlineData("\"schema_version\": 1", "\"schema_version\": 2")]
    [InlineData("\"git_dirty\": true", "\"git_dirty\": true, \"git_dirty\": false")]
    [InlineData("\"processes\": 4", "\"processes\": 4e99")]
    public void Read_KeyWithInvalidValue_Throws(string part, string replacement)
    {
        var valid = Encoding.UTF8.GetString(Valid());
        valid.Should().Contain(part, "the test replaces this part");
        File.WriteAllText(FilePath, valid.Replace(part, replacement, StringComparison.Ordinal));
        Refused().WithMessage("*results.json*");
    }

    [Fact]
    public void Read_OtherEncodings_AcceptsUtf8WithMarkAndThrowsForUtf16()
    {
        var text = Encoding.UTF8.GetString(Valid());
        File.WriteAllText(FilePath, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        ResultsFile.Read(FilePath).Metrics.Should().NotBeEmpty();
        File.WriteAllText(FilePath, text, Encoding.Unicode);
        Refused().WithMessage("*not a results file*");
    }

    [Fact]
    public void Read_PathIsAFolder_ErrorNamesTheFolder() =>
        FluentActions.Invoking(() => ResultsFile.Read(_folder))
            .Should().Throw<ResultsFileException>().WithMessage($"*{Path.GetFileName(_folder)}*");

    private FluentAssertions.Specialized.ExceptionAssertions<ResultsFileException> Refused() =>
        FluentActions.Invoking(() => ResultsFile.Read(FilePath)).Should().ThrowExactly<ResultsFileException>();

    private byte[] Valid()
    {
        var path = Path.Combine(_folder, "valid.json");
        ResultsFile.Write(path, ResultsSample.Document(ResultsSample.Row(Catalogue.Row("allocation_total_time", Allocators.Arena))));
        return File.ReadAllBytes(path);
    }

    private static byte[] Mutate(byte[] bytes, int kind, int position, int length, byte value)
    {
        position = Math.Min(position, bytes.Length);
        length = Math.Min(length, bytes.Length - position);
        var (head, slice, tail) = (bytes[..position], bytes[position..(position + length)], bytes[(position + length)..]);
        return kind switch
        {
            0 => [.. head, .. slice.Select((one, index) => index == 0 ? (byte)(one ^ (1 << (value % 8))) : one), .. tail],
            1 => head,
            2 => [.. head, value, .. slice, .. tail],
            3 => [.. head, .. slice, .. slice, .. tail],
            4 => [.. head, .. tail],
            _ => [.. head, .. Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)), .. slice, .. tail],
        };
    }
}
