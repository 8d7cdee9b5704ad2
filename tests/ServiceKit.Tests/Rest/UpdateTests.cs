using System.Net;
using Fhir;

namespace ServiceKit.Tests.Rest;

/// <summary>http://hl7.org/fhir/R4/http.html#update, and the versions that it leaves.</summary>
[Collection(StoreCollection.Name)]
public sealed class UpdateTests(StoreServer server)
{
    private readonly StoreClient client = server.NewTenant();

    [Fact]
    public async Task Each_update_makes_the_next_version_and_keeps_the_former_ones()
    {
        var patient = await Patient("Ensinen");
        foreach (var family in (string[])["Toinen", "Kolmas"])
        {
            patient.Name[0].Family = family;
            var response = await client.Update(patient);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            patient = await RunningServices.Read<Patient>(response);
        }

        Assert.Equal("3", patient.Meta!.VersionId);
        var newest = await client.Get($"Patient/{patient.Id}");
        Assert.Equal("W/\"3\"", newest.Headers.ETag!.ToString());
        foreach (var (version, family) in (IEnumerable<(int, string)>)[(1, "Ensinen"), (2, "Toinen"), (3, "Kolmas")])
        {
            var response = await client.Get($"Patient/{patient.Id}/_history/{version}");
            var read = await RunningServices.Read<Patient>(response);
            Assert.Equal(family, read.Name[0].Family);
            Assert.Equal($"{version}", read.Meta!.VersionId);
            Assert.Equal($"W/\"{version}\"", response.Headers.ETag!.ToString());
        }
    }

    [Fact]
    public async Task The_history_has_the_newest_version_first_and_says_how_each_came_about()
    {
        var patient = await Patient("Ensinen");
        await client.Update(patient);
        var history = await RunningServices.Read<Bundle>(await client.Get($"Patient/{patient.Id}/_history"));
        Assert.Equal(BundleType.History, history.Type);
        Assert.Equal(2, history.Total);
        Assert.Equal(["2", "1"], history.Entry.Select(entry => entry.Resource!.Meta!.VersionId));
        Assert.Equal([HTTPVerb.PUT, HTTPVerb.POST], history.Entry.Select(entry => entry.Request!.Method));
        Assert.Equal([$"Patient/{patient.Id}", "Patient"], history.Entry.Select(entry => entry.Request!.Url));
        Assert.Equal(["200", "201"], history.Entry.Select(entry => entry.Response!.Status));
        Assert.Equal(["W/\"2\"", "W/\"1\""], history.Entry.Select(entry => entry.Response!.Etag));
        Assert.All(history.Entry, entry => Assert.Equal($"{client.Root}/Patient/{patient.Id}", entry.FullUrl));
    }

    [Theory]
    [InlineData("W/\"1\"", 412)]
    [InlineData("W/\"3\"", 412)]
    [InlineData("nonsense", 412)]
    [InlineData("W/\"2\", W/\"1\"", 412)]
    [InlineData("W/\"2\"", 200)]
    [InlineData("\"2\"", 200)]
    [InlineData("*", 200)]
    public async Task If_Match_lets_only_the_newest_version_be_replaced(string tag, int status)
    {
        var patient = await Patient("Ensinen");
        await client.Update(patient);
        patient.Name[0].Family = "Kolmas";
        var response = await client.Update(patient, ("If-Match", tag));
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 412)
            await StoreClient.Refused(response, 412, "SEND_PRECONDITION_FAILED", IssueType.Conflict);
        var newest = await RunningServices.Read<Patient>(await client.Get($"Patient/{patient.Id}"));
        Assert.Equal(
            status == 200 ? ("3", "Kolmas") : ("2", "Ensinen"), (newest.Meta!.VersionId, newest.Name[0].Family));
    }

    [Fact]
    public async Task An_id_that_is_not_that_of_the_address_is_refused()
    {
        var patient = await Patient("Ensinen");
        foreach (var id in (string?[])["another", null])
        {
            var sent = (Patient)patient.Clone();
            sent.Id = id;
            var response = await client.Send(HttpMethod.Put, $"Patient/{patient.Id}", StoreClient.Body(sent));
            var issues = await StoreClient.Refused(response, 400, "REC_BAD_REQUEST", IssueType.Value);
            Assert.Equal("Patient.id", issues.Single().Expression.Single());
        }
    }

    [Fact]
    public async Task An_unknown_id_is_not_made_by_an_update()
    {
        var response = await client.Update(new Patient { Id = "of-my-own" });
        await StoreClient.Refused(response, 405, "SEND_METHOD_NOT_ALLOWED", IssueType.NotSupported);
        Assert.Equal(HttpStatusCode.NotFound, (await client.Get("Patient/of-my-own")).StatusCode);
    }

    [Fact]
    public async Task Updates_at_once_each_make_a_version_and_of_those_with_one_If_Match_only_one_wins()
    {
        var patient = await Patient("Ensinen");
        var free = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.Update(patient)));
        Assert.All(free, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        var bound = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => client.Update(patient, ("If-Match", "W/\"11\""))));
        Assert.Single(bound, response => response.StatusCode == HttpStatusCode.OK);
        Assert.Equal(9, bound.Count(response => response.StatusCode == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task A_search_finds_what_the_newest_version_says_and_nothing_that_former_ones_said()
    {
        var patient = await Patient("Ensinen");
        patient.Name[0].Family = "Toinen";
        await client.Update(patient);
        Assert.Empty(await client.Find("Patient?family=Ensinen"));
        Assert.Equal([patient.Id], await client.Find("Patient?family=Toinen"));
        Assert.Equal(0, await client.Database.Count(
            "select count(*) from search_index where id = @Id and value = 'ensinen'", new { patient.Id }));
        Assert.Equal(1, await client.Database.Count(
            "select count(*) from search_index where id = @Id and param = 'family'", new { patient.Id }));
    }

    private Task<Patient> Patient(string family) =>
        client.Stored(new Patient { Name = [new HumanName { Family = family }] });
}
