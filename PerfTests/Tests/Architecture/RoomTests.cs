using System.Reflection;
using FluentAssertions;
using NetArchTest.Rules;
using Xunit;

namespace PerfTests.Tests.Architecture;

/// <summary>Tests that rooms, the folders of PerfTests, use each other only as the picture in PerfTests/README.md allows.</summary>
[Category("Architecture")]
public sealed class RoomTests
{
    private static readonly Assembly s_assembly = typeof(RoomTests).Assembly;
    private static readonly string s_root = s_assembly.GetName().Name!;
    private static readonly RoomPicture s_picture = RoomPicture.Read();

    /// <summary>Gets all rooms except Tests, which may use every room.</summary>
    public static TheoryData<string> Rooms => [.. s_picture.Rooms];

    [Fact]
    public void Picture_AnyRoomOfTheAssembly_IsShown() =>
        s_picture.Rooms.Append("Tests").Should().BeEquivalentTo(RoomsOfAssembly());

    [Theory, MemberData(nameof(Rooms))]
    public void Picture_AnyRoom_IsInNoCycleOfArrows(string room) => s_picture.UsableBy(room).Should().NotContain(room);

    [Theory, MemberData(nameof(Rooms))]
    public void Room_UsesAnotherRoom_PictureAllowsIt(string room)
    {
        string[] forbidden = [.. RoomsOfAssembly().Except(s_picture.UsableBy(room)).Where(other => other != room).Select(Namespace)];
        TypesOf(room).ShouldNot().HaveDependencyOnAny(forbidden).GetResult().FailingTypeNames.Should().BeNullOrEmpty(
            $"room {room} may use {string.Join(", ", s_picture.UsableBy(room))}; otherwise an arrow is missing in PerfTests/README.md");
    }

    [Fact]
    public void Picture_AnyArrow_MatchesAUseInCode() =>
        s_picture.Arrows.Where(arrow => !Uses(arrow.From, arrow.To))
            .Should().BeEmpty("code must use each arrow that PerfTests/README.md shows");

    // HaveDependencyOn reads code only, so attributes are searched separately.
    private static bool Uses(string room, string other) =>
        TypesOf(room).And().HaveDependencyOn(Namespace(other)).GetTypes().Any()
        || TypesOf(room).GetTypes().SelectMany(type => type.CustomAttributes).Any(data => data.AttributeType.Namespace == Namespace(other));

    private static PredicateList TypesOf(string room) =>
        Types.InAssembly(s_assembly).That().ResideInNamespaceMatching($"^{s_root}\\.{room}(\\.|$)");

    private static string Namespace(string room) => $"{s_root}.{room}";

    private static IEnumerable<string> RoomsOfAssembly() => s_assembly.GetTypes()
        .Select(type => type.Namespace?.Split('.') is [var root, var room, ..] && root == s_root ? room : null)
        .OfType<string>().Distinct().Order(StringComparer.Ordinal);
}
