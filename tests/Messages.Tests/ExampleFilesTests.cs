using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Messages.Tests;

/// <summary>What a newcomer posts first has to be right, and must never hold a real person.</summary>
public partial class ExampleFilesTests
{
    private const string IdentityCodeSystem = "urn:oid:1.2.246.21";

    public static TheoryData<string> All { get; } = [.. ExampleFiles.Names];

    public static TheoryData<string> Readable { get; } = [.. ReadableNames];

    private static IEnumerable<string> ReadableNames =>
        ExampleFiles.Names.Where(n => !n.EndsWith("bad-broken.json", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Readable))]
    public void Every_reference_resolves_inside_the_file_or_the_sample_data_or_is_by_identifier(string name)
    {
        var file = ExampleFiles.Json(name);
        // What is sent to a base by itself names what newcomers find there.
        var targets = Targets(file);
        if (Type(file) != "Bundle") targets.UnionWith(SampleTargets);
        foreach (var holder in ExampleFiles.Objects(file))
        {
            if (ExampleFiles.Text(holder, "reference") is { } reference)
                Assert.True(targets.Contains(reference), $"{reference} is not in {name}.");
        }
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public void Full_urls_are_unique_and_end_with_the_id_of_their_resource(string name)
    {
        var entries = Entries(ExampleFiles.Json(name)).ToList();
        Assert.Distinct(entries.Select(FullUrl), StringComparer.Ordinal);
        Assert.All(entries, e => Assert.EndsWith(Id(Resource(e)), FullUrl(e), StringComparison.Ordinal));
    }

    [Fact]
    public void No_two_example_messages_share_an_id()
    {
        var ids = ReadableNames
            .SelectMany(name => ExampleFiles.Objects(ExampleFiles.Json(name)))
            .Where(o => ExampleFiles.Text(o, "resourceType") is "Bundle" or "MessageHeader")
            .Select(Id);
        Assert.Distinct(ids, StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public void A_message_begins_with_its_header_and_every_entry_is_a_uuid(string name)
    {
        var file = ExampleFiles.Json(name);
        if (ExampleFiles.Text(file, "type") != "message") return;
        Assert.Equal("MessageHeader", Type(Resource(Entries(file).First())));
        Assert.All(Entries(file), e => Assert.Matches("^urn:uuid:[0-9a-f-]{36}$", FullUrl(e)));
    }

    // Every place that can hold a code is looked at, not only identifiers: a code in a text is a leak too.
    [Theory]
    [MemberData(nameof(All))]
    public void Every_identity_code_is_a_test_code_with_the_right_check_character(string name) =>
        Assert.All(LooksLikeIdentityCode().Matches(Encoding.UTF8.GetString(ExampleFiles.Bytes(name))), match =>
        {
            Assert.InRange(int.Parse(match.Groups["serial"].ValueSpan, CultureInfo.InvariantCulture), 900, 999);
            Assert.Equal(CheckCharacter(match), match.Groups["check"].Value[0]);
        });

    [Theory]
    [MemberData(nameof(Readable))]
    public void Every_identifier_of_a_person_is_an_identity_code(string name) =>
        Assert.All(
            ExampleFiles.Objects(ExampleFiles.Json(name))
                .Where(o => ExampleFiles.Text(o, "system") == IdentityCodeSystem),
            o => Assert.Matches(LooksLikeIdentityCode(), ExampleFiles.Text(o, "value")!));

    [Theory]
    [MemberData(nameof(Readable))]
    public void Birth_date_and_gender_agree_with_the_identity_code(string name)
    {
        foreach (var patient in ExampleFiles.Objects(ExampleFiles.Json(name))
            .Where(o => ExampleFiles.Text(o, "resourceType") == "Patient"))
        {
            var code = ExampleFiles.Text(patient.GetProperty("identifier")[0], "value")!;
            var century = code[6] is >= 'A' and <= 'F' ? "20" : "19";
            Assert.Equal($"{century}{code[4..6]}-{code[2..4]}-{code[..2]}", ExampleFiles.Text(patient, "birthDate"));
            Assert.Equal((code[9] - '0') % 2 == 0 ? "female" : "male", ExampleFiles.Text(patient, "gender"));
        }
    }

    private static char CheckCharacter(Match code) =>
        "0123456789ABCDEFHJKLMNPRSTUVWXY"[
            int.Parse(code.Groups["date"].Value + code.Groups["serial"].Value, CultureInfo.InvariantCulture) % 31];

    private static IEnumerable<JsonElement> Entries(JsonElement file) =>
        file.TryGetProperty("entry", out var entries) ? entries.EnumerateArray() : [];

    // A collection's references are relative ("Organization/x"), a message's are full URLs.
    private static IEnumerable<string> SampleTargets => ExampleFiles.Names
        .Where(name => name.Contains("SampleData", StringComparison.Ordinal))
        .SelectMany(name => Targets(ExampleFiles.Json(name)));

    private static HashSet<string> Targets(JsonElement file) =>
        [.. Entries(file).SelectMany(e => new[] { FullUrl(e), $"{Type(Resource(e))}/{Id(Resource(e))}" })];

    private static JsonElement Resource(JsonElement entry) => entry.GetProperty("resource");

    private static string FullUrl(JsonElement entry) => ExampleFiles.Text(entry, "fullUrl")!;

    private static string Type(JsonElement resource) => ExampleFiles.Text(resource, "resourceType")!;

    private static string Id(JsonElement resource) => ExampleFiles.Text(resource, "id")!;

    // Day, month, year, century sign, serial, check character, with the signs added in 2023 (decree of 1.1.2023).
    [GeneratedRegex(
        "(?<![0-9A-Za-z])(?<date>[0-3][0-9][01][0-9]{3})[-+A-FU-Y](?<serial>[0-9]{3})(?<check>[0-9A-Y])(?![0-9A-Za-z])",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LooksLikeIdentityCode();
}
