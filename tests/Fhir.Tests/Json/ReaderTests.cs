using System.Globalization;
using System.Text;
using Fhir.Json;

namespace Fhir.Tests.Json;

public sealed class ReaderTests
{
    [Fact]
    public void Every_fault_is_listed_in_one_pass()
    {
        var result = Read("""
            {"resourceType":"Task","status":"nope","priority":"high","for":{"reference":"a b","extra":1},
             "authoredOn":"yesterday","input":[{"valueString":""}]}
            """);
        Assert.Equal(
        [
            "Task.status", "Task.priority", "Task.for", "Task.authoredOn", "Task.input[0].value",
            "Task.input[0].type", "Task.intent",
        ], result.Issues.Select(i => i.Expression));
    }

    [Fact]
    public void No_message_tells_what_the_person_s_data_was()
    {
        var result = Read("""
            {"resourceType":"Patient","id":"Secret Person","gender":"SECRET","birthDate":"SECRET","active":"SECRET",
             "Secret Person":1,"SECRET":2,"name":[{"family":"SECRET\u0001"}],"telecom":[{"rank":"SECRET"}],
             "photo":[{"data":"SECRET"}],"text":{"status":"generated","div":"<div>SECRET<script/></div>"}}
            """);
        Assert.True(result.Issues.Count >= 9);
        Assert.DoesNotContain(result.Issues, i => i.Message.Contains("secret", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(result.Issues, i => i.Expression.Contains("secret", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_type_may_come_last_and_names_may_be_escaped()
    {
        var result = Read("""
            {"\u0061ctive":true,"contained":[{"id":"a","resourceType":"Organization"}],"\u0072esourceType":"Patient"}
            """);
        Assert.True(result.Ok, string.Join('\n', result.Issues));
        var patient = Assert.IsType<Patient>(result.Resource);
        Assert.True(patient.Active);
        Assert.Equal("Organization", Assert.Single(patient.Contained).TypeName);
    }

    [Fact]
    public void Extensions_of_primitives_stay_with_their_values()
    {
        const string Json =
            """{"resourceType":"Patient","name":[{"given":["A",null,"C"],"_given":[null,{"id":"b"}]}],"""
            + "\"_birthDate\":{\"id\":\"x\"}}";
        var result = Read(Json);
        Assert.True(result.Ok, string.Join('\n', result.Issues));
        var patient = (Patient)result.Resource!;
        Assert.Equal(["A", "C"], patient.Name[0].Given);
        Assert.Equal("b", patient.Name[0].GivenElement[1].ElementId);
        Assert.Equal("x", patient.BirthDateElement!.ElementId);
        Assert.Equal(Json.Replace("\"_given\":[null,{\"id\":\"b\"}]", "\"_given\":[null,{\"id\":\"b\"},null]",
            StringComparison.Ordinal), Encoding.UTF8.GetString(FhirJson.Write(patient)));
    }

    [Theory]
    [InlineData("1.00", "1.00")]
    [InlineData("-0", "0")]
    [InlineData("1E-3", "0.001")]
    [InlineData("3.141592653589793238462643383279502884197", "3.1415926535897932384626433833")]
    [InlineData("1e999", null)]
    public void Decimals_keep_their_text(string text, string? value)
    {
        var json = """{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":"""
            + text + "}}";
        var result = Read(json);
        Assert.True(result.Ok, string.Join('\n', result.Issues));
        var quantity = (Quantity)((Observation)result.Resource!).Value!;
        Assert.Equal(text, quantity.ValueElement!.Text);
        Assert.Equal(value is null ? null : decimal.Parse(value, CultureInfo.InvariantCulture), quantity.Value);
        Assert.Equal(json, Encoding.UTF8.GetString(FhirJson.Write(result.Resource!)));
    }

    [Theory]
    [InlineData(64, 63, true)]
    [InlineData(64, 64, false)]
    public void Depth_is_limited(int limit, int extensions, bool ok)
    {
        // Each extension is an array and an object; the resource is one level more.
        var levels = extensions / 2;
        var json = "{\"resourceType\":\"Patient\","
            + string.Concat(Enumerable.Repeat("\"extension\":[{\"url\":\"u\",", levels))
            + (extensions % 2 == 0 ? "\"extension\":[{\"url\":\"u\",\"valueString\":\"x\"}]" : "\"valueString\":\"x\"")
            + string.Concat(Enumerable.Repeat("}]", levels)) + "}";
        var result = FhirJson.Read(Encoding.UTF8.GetBytes(json), new() { MaxDepth = limit });
        Assert.Equal(ok, result.Ok);
        if (!ok) Assert.Equal(IssueType.TooCostly, Assert.Single(result.Issues).Code);
    }

    [Fact]
    public void Issues_are_limited_and_an_error_after_the_limit_still_counts()
    {
        var unknown = string.Concat(Enumerable.Range(0, 200).Select(i => $"\"x{(char)('a' + i % 26)}{i}\":1,"));
        var json = $$"""{"resourceType":"Patient",{{unknown}}"gender":"x"}""";
        var result = FhirJson.Read(Encoding.UTF8.GetBytes(json), FhirReadOptions.Lenient);
        Assert.False(result.Ok);
        Assert.Equal(101, result.Issues.Count);
        Assert.True(result.Issues[^1].IsError);
    }

    [Fact]
    public void A_lenient_read_leaves_unknown_properties_out_with_a_warning()
    {
        var result = FhirJson.Read("""{"resourceType":"Patient","surname":{"a":[1]},"active":true}"""u8.ToArray(),
            FhirReadOptions.Lenient);
        Assert.True(result.Ok);
        Assert.Equal(IssueSeverity.Warning, Assert.Single(result.Issues).Severity);
        Assert.Equal("""{"resourceType":"Patient","active":true}"""u8.ToArray(), FhirJson.Write(result.Resource!));
    }

    [Fact]
    public void A_lenient_read_refuses_an_object_that_would_be_empty()
    {
        var result = FhirJson.Read("""{"resourceType":"Patient","maritalStatus":{"txt":"x"}}"""u8.ToArray(),
            FhirReadOptions.Lenient);
        Assert.Contains(result.Issues, i => i is { IsError: true, Expression: "Patient.maritalStatus" });
    }

    [Fact]
    public void The_outcome_tells_each_issue_with_its_place()
    {
        var result = Read("""{"resourceType":"Patient","gender":"x"}""");
        var issue = Assert.Single(OperationOutcome.From(result.Issues).Issue);
        Assert.Equal((IssueSeverity.Error, IssueType.CodeInvalid), (issue.Severity, issue.Code));
        Assert.Equal(["Patient.gender"], issue.Expression);
        Assert.Contains("male, female, other, unknown", issue.Diagnostics, StringComparison.Ordinal);
    }

    private static FhirReadResult Read(string json) => FhirJson.Read(Encoding.UTF8.GetBytes(json));
}
