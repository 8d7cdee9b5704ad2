using System.Net;
using Fhir;
using Fhir.Json;
using Messages;

namespace ServiceKit.Tests.Rest;

/// <summary>http://hl7.org/fhir/R4/http.html#create</summary>
[Collection(StoreCollection.Name)]
public sealed class CreateTests(StoreServer server)
{
    private readonly StoreClient client = server.NewTenant();

    [Fact]
    public async Task What_is_created_gets_an_id_a_version_and_an_address_of_its_own()
    {
        var sent = Named("Testinen");
        sent.Id = "mine";
        sent.Meta = new Meta { VersionId = "7", Tag = [new Coding("http://example.org/tags", "kept")] };
        var response = await client.Create(sent);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var stored = await RunningServices.Read<Patient>(response);
        Assert.NotEqual("mine", stored.Id);
        Assert.Equal("1", stored.Meta!.VersionId);
        Assert.Equal("kept", stored.Meta.Tag.Single().Code);
        Assert.Equal("W/\"1\"", response.Headers.ETag!.ToString());
        Assert.Equal($"{client.Root}/Patient/{stored.Id}/_history/1", response.Headers.Location!.ToString());
        var age = stored.Meta.LastUpdated!.Value - response.Content.Headers.LastModified!.Value;
        Assert.InRange(age, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        var again = await client.Get(response.Headers.Location.ToString());
        Assert.Equal(await response.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("W/\"1\"", again.Headers.ETag!.ToString());
        Assert.NotNull(again.Content.Headers.LastModified);
    }

    [Fact]
    public async Task The_address_is_the_one_that_the_client_sees_through_the_gateway()
    {
        var response = await client.Create(
            Named("Testinen"), ("X-Forwarded-Host", "gateway.example"), ("X-Forwarded-Proto", "https"));
        var address = response.Headers.Location!.ToString();
        Assert.StartsWith("https://gateway.example/store/fhir/Patient/", address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("return=minimal", "")]
    [InlineData("return=representation", "Patient")]
    [InlineData("return=OperationOutcome", "OperationOutcome")]
    [InlineData("handling=lenient, return=minimal", "")]
    public async Task The_client_chooses_what_is_returned(string prefer, string type)
    {
        var response = await client.Create(Named("Testinen"), ("Prefer", prefer));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.NotNull(response.Headers.Location);
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(type, body.Length == 0 ? "" : FhirJson.Read(body).Resource?.TypeName);
    }

    [Fact]
    public async Task A_conditional_create_stores_only_when_nothing_matches()
    {
        var patient = Named("Testinen");
        patient.Identifier.Add(new Identifier("http://example.org/numbers", "17"));
        var first = await client.Create(
            patient, ("If-None-Exist", "identifier=http%3A%2F%2Fexample.org%2Fnumbers%7C17"));
        var second = await client.Create(patient, ("If-None-Exist", "identifier=http://example.org/numbers|17"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Single(await client.Find("Patient?identifier=17"));
    }

    [Fact]
    public async Task Of_conditional_creates_at_once_one_stores()
    {
        var patient = Named("Testinen");
        var responses = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => client.Create(patient, ("If-None-Exist", "family=Testinen"))));
        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.Created);
        Assert.Equal(9, responses.Count(response => response.StatusCode == HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_conditional_create_that_matches_several_is_refused()
    {
        var patient = Named("Testinen");
        await client.Stored(patient);
        await client.Stored(patient);
        var response = await client.Create(patient, ("If-None-Exist", "family=Testinen"));
        await StoreClient.Refused(response, 412, "SEND_PRECONDITION_FAILED", IssueType.MultipleMatches);
        Assert.Equal(2, (await client.Find("Patient?family=Testinen")).Count);
    }

    [Theory]
    [InlineData("_count=1")]
    [InlineData("?")]
    [InlineData("unheard=of")]
    [InlineData("family=")]
    [InlineData("identifier=urn:oid:1.2.246.21|010594Y9032")]
    [InlineData("identifier=010594Y9032")]
    public async Task A_condition_that_chooses_nothing_or_names_a_person_is_refused(string condition)
    {
        var response = await client.Create(Named("Testinen"), ("If-None-Exist", condition));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(await client.Find("Patient"));
    }

    [Fact]
    public async Task A_condition_with_control_parameters_still_looks()
    {
        await client.Stored(Named("Testinen"));
        var response = await client.Create(Named("Testinen"), ("If-None-Exist", "family=Testinen&_summary=count"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(await client.Find("Patient"));
    }

    [Fact]
    public async Task What_a_rule_refuses_leaves_no_resource_no_version_and_no_timer()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        var response = await services.Post("/sender/fhir/Patient", new Patient { Active = true });
        var issues = await StoreClient.Refused(response, 400, "REC_BAD_REQUEST", IssueType.Required);
        Assert.Equal("Patient.name", issues.Single().Expression.Single());
        foreach (var table in (string[])["resource", "resource_version", "search_index", "timer"])
        {
            Assert.Equal(0, await services.Sender.Read(
                session => session.First<long>($"select count(*) from {table}"), CancellationToken.None));
        }
    }

    [Fact]
    public async Task Identity_codes_stand_in_the_index_only_as_hashes_whatever_system_they_are_under()
    {
        var patient = Named("Testinen");
        patient.Identifier.Add(new Identifier(Systems.IdentityCode, "010594Y9032"));
        patient.Identifier.Add(new Identifier { Value = "010594Y9021" });
        patient.Identifier.Add(new Identifier("http://example.org/numbers", "020594x903p"));
        patient.Name[0].Text = "Testinen 020594X902N";
        patient.GeneralPractitioner.Add(new ResourceReference("urn:oid:1.2.246.21:030594W903B"));
        var id = (await client.Stored(patient)).Id;
        var index = string.Join(' ', await client.Database.Texts(
            """
            select coalesce(value, '') || ' ' || coalesce(original, '') || ' ' || coalesce(system, '')
            from search_index where id = @id
            """, new { id }));
        foreach (var part in (string[])["Y9032", "Y9021", "X903P", "X902N", "W903B"])
            Assert.DoesNotContain(part, index, StringComparison.OrdinalIgnoreCase);
        foreach (var code in (string[])["010594Y9032", "010594Y9021", "020594X903P", "010594y9032"])
            Assert.Equal([id], await client.FindByPost("Patient", $"identifier={code}"));
        Assert.Equal([id], await client.FindByPost("Patient", $"identifier={Systems.IdentityCode}%7C010594Y9032"));
    }

    private static Patient Named(string family) => new() { Name = [new HumanName { Family = family }] };
}
