using System.Net;
using Fhir;

namespace ServiceKit.Tests.Rest;

/// <summary>Every error is an OperationOutcome with severity, code, coded details and, if there is one, the element.</summary>
[Collection(StoreCollection.Name)]
public sealed class ErrorTests(StoreServer server)
{
    private readonly StoreClient client = server.NewTenant();

    [Theory]
    [InlineData("""{"resourceType":"Patient""", "")]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("""{"resourceType":"Nothing"}""", "")]
    [InlineData("""{"resourceType":"Observation","status":"final","code":{"text":"x"}}""", "Observation")]
    [InlineData("""{"resourceType":"Patient","gender":"f","birthDate":"1."}""", "Patient.gender,Patient.birthDate")]
    [InlineData("""{"resourceType":"Patient","active":"yes","wings":2}""", "Patient.active,Patient")]
    public async Task A_body_that_is_not_what_it_should_be_is_refused_with_every_fault(string body, string elements)
    {
        var response = await client.Send(HttpMethod.Post, "Patient", RunningServices.Json(body));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var outcome = await RunningServices.Read<OperationOutcome>(response);
        var issues = await StoreClient.Refused(response, 400, "REC_BAD_REQUEST", outcome.Issue[0].Code!.Value);
        if (elements.Length > 0)
            Assert.Equal(elements.Split(','), issues.SelectMany(issue => issue.Expression));
        Assert.Empty(await client.Find("Patient"));
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/fhir+xml")]
    public async Task A_body_of_another_media_type_is_refused(string type)
    {
        var body = StoreClient.Body(new Patient { Active = true });
        body.Headers.ContentType = new(type);
        await StoreClient.Refused(
            await client.Send(HttpMethod.Post, "Patient", body), 415, "SEND_UNSUPPORTED_MEDIA", IssueType.NotSupported);
    }

    [Fact]
    public async Task A_search_by_POST_takes_a_form_only()
    {
        await StoreClient.Refused(
            await client.Send(HttpMethod.Post, "Patient/_search", RunningServices.Json("{}")),
            415, "SEND_UNSUPPORTED_MEDIA", IssueType.NotSupported);
        Assert.Equal(HttpStatusCode.OK, (await client.Send(HttpMethod.Post, "Patient/_search")).StatusCode);
    }

    [Theory]
    [InlineData("application/fhir+xml", "", 406)]
    [InlineData("text/html", "", 406)]
    [InlineData("application/fhir+json", "?_format=xml", 406)]
    [InlineData("text/html", "?_format=json", 200)]
    [InlineData("text/html", "?_format=application/fhir%2Bjson", 200)]
    [InlineData("text/html, application/fhir+json; fhirVersion=4.0;q=0.5", "", 200)]
    [InlineData("application/json", "", 200)]
    [InlineData("*/*", "", 200)]
    public async Task Only_JSON_is_given(string accept, string format, int status)
    {
        foreach (var path in (string[])["Patient", "metadata"])
        {
            var response = await client.Get(path + format, ("Accept", accept));
            Assert.Equal(status, (int)response.StatusCode);
            if (status == 406)
                await StoreClient.Refused(response, 406, "SEND_NOT_ACCEPTABLE", IssueType.NotSupported);
        }
    }

    [Theory]
    [InlineData("DELETE", "Patient/x", 405)]
    [InlineData("PATCH", "Patient/x", 405)]
    [InlineData("PUT", "Patient", 405)]
    [InlineData("POST", "Organization", 405)]
    [InlineData("PUT", "Organization/x", 405)]
    [InlineData("GET", "Nothing/x", 404)]
    [InlineData("GET", "Patient/x/nothing", 404)]
    [InlineData("GET", "Patient/x/_history/first", 404)]
    [InlineData("GET", "Patient/x%00y", 404)]
    [InlineData("GET", "Patient/%F0%9F%98%80", 404)]
    [InlineData("GET", "Patient/x%00y/_history", 404)]
    [InlineData("GET", "Patient/x%00y/_history/1", 404)]
    public async Task What_is_not_served_is_refused(string method, string path, int status)
    {
        var response = await client.Send(new HttpMethod(method), path);
        if (path.Contains("%00", StringComparison.Ordinal))
        {
            // Kestrel itself may refuse it before we see it.
            Assert.Contains((int)response.StatusCode, (int[])[400, 404]);
            return;
        }

        await StoreClient.Refused(
            response, status, status == 405 ? "SEND_METHOD_NOT_ALLOWED" : "SEND_NOT_FOUND",
            status == 405 ? IssueType.NotSupported : IssueType.NotFound);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        var body = RunningServices.Json(new string(' ', 11_000_000));
        await StoreClient.Refused(
            await client.Send(HttpMethod.Post, "Patient", body, ("Expect", "100-continue")),
            413, "SEND_TOO_LARGE", IssueType.TooLong);
    }

    [Fact]
    public async Task A_form_with_thousands_of_parameters_is_refused()
    {
        var form = string.Join('&', Enumerable.Range(0, 3000).Select(i => $"family{i}=x"));
        await StoreClient.Refused(
            await client.PostSearch("Patient", form), 400, "SEND_BAD_REQUEST", IssueType.Invalid);
    }

    [Fact]
    public async Task Without_the_gateways_headers_nobody_is_served()
    {
        using var http = new HttpClient { BaseAddress = server.Services.Client.BaseAddress };
        foreach (var path in (string[])["Patient", "Patient/x", "Patient/x/_history"])
            await StoreClient.Refused(
                await http.GetAsync(StoreClient.Base + path), 401, "SEND_UNAUTHORIZED", IssueType.Login);
    }
}
