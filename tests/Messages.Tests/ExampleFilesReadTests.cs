using System.Text.Json;
using Fhir;
using Fhir.Json;

namespace Messages.Tests;

/// <summary>The examples as our strict reader sees them: good ones whole, bad ones with their one fault.</summary>
public class ExampleFilesReadTests
{
    private static readonly string[] Unreadable = ["bad-broken.json", "bad-two-faults.json"];

    public static TheoryData<string> WellFormed { get; } =
        [.. ExampleFiles.Names.Where(n => !Unreadable.Contains(Path.GetFileName(n), StringComparer.Ordinal))];

    [Theory]
    [MemberData(nameof(WellFormed))]
    public void A_file_that_is_not_broken_on_purpose_reads_without_an_issue(string name) =>
        Assert.Empty(FhirJson.Read(ExampleFiles.Bytes(name)).Issues);

    [Theory]
    [MemberData(nameof(WellFormed))]
    public void Writing_what_was_read_keeps_every_value(string name)
    {
        var once = FhirJson.Write(FhirJson.Read(ExampleFiles.Bytes(name)).Resource!);
        Assert.Equal(Values(ExampleFiles.Bytes(name)), Values(once));
    }

    [Fact]
    public void The_broken_file_gives_one_fatal_issue() =>
        Assert.Collection(Issues("bad-broken.json"), issue => Assert.Equal(IssueSeverity.Fatal, issue.Severity));

    [Fact]
    public void Two_faults_are_told_at_once() =>
        Assert.Collection(
            Issues("bad-two-faults.json"),
            issue => Is(issue, IssueType.CodeInvalid, "Bundle.entry[1].resource.status"),
            issue => Is(issue, IssueType.Required, "Bundle.entry[2].resource.subject"));

    private static void Is(FhirIssue issue, IssueType code, string expression) =>
        Assert.Equal((code, expression), (issue.Code, issue.Expression));

    private static IReadOnlyList<FhirIssue> Issues(string example) =>
        FhirJson.Read(ExampleFiles.Bytes(Path.Combine(ExampleFiles.Examples, example))).Issues;

    // The writer orders properties as R4 does, so only the set of values can be compared.
    private static List<string> Values(byte[] json) =>
        [.. ExampleFiles.Objects(JsonSerializer.Deserialize<JsonElement>(json))
            .SelectMany(o => o.EnumerateObject())
            .Where(p => p.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            .Select(p => $"{p.Name}={p.Value}")
            .Order(StringComparer.Ordinal)];
}
