using System.Text.Json;

namespace Gateway.Tests;

/// <summary>Refusals of the gateway are R4 OperationOutcomes and say nothing of our insides.</summary>
internal static class OutcomeAssert
{
    private const string CodeSystem = "https://fhir.occupational-mental-health.example/CodeSystem/error";

    public static async Task IsOutcome(this HttpResponseMessage answer, int status, string code, string issue)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/fhir+json", answer.Content.Headers.ContentType?.MediaType);
        IsOutcome(await answer.Content.ReadAsStringAsync(), code, issue);
    }

    /// <summary>The same of an answer as it came over the wire.</summary>
    public static void IsRawOutcome(string? answer, int status, string code, string issue)
    {
        Assert.NotNull(answer);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        IsOutcome(answer[answer.IndexOf('{')..(answer.LastIndexOf('}') + 1)], code, issue);
    }

    private static void IsOutcome(string body, string code, string issue)
    {
        using var json = JsonDocument.Parse(body);
        Assert.Equal("OperationOutcome", json.RootElement.GetProperty("resourceType").GetString());
        var only = Assert.Single(json.RootElement.GetProperty("issue").EnumerateArray());
        Assert.Equal("error", only.GetProperty("severity").GetString());
        Assert.Equal(issue, only.GetProperty("code").GetString());
        var coding = Assert.Single(only.GetProperty("details").GetProperty("coding").EnumerateArray());
        Assert.Equal(CodeSystem, coding.GetProperty("system").GetString());
        Assert.Equal(code, coding.GetProperty("code").GetString());
        Assert.DoesNotContain("   at ", body);
        Assert.DoesNotContain("Exception", body);
    }
}
