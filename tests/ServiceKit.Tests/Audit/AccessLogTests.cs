using System.Net;
using Fhir;
using ServiceKit.Storage;
using TestServers;

namespace ServiceKit.Tests.Audit;

/// <summary>Whoever is shown something is on record before it is shown.</summary>
[Collection(StoreCollection.Name)]
public sealed class AccessLogTests(StoreServer server)
{
    private const string Family = "Kanarialintu";
    private readonly StoreClient client = server.NewTenant();

    [Fact]
    public async Task Every_way_of_seeing_a_resource_is_told_with_who_and_which_version()
    {
        var id = (await client.Stored(Named(Family))).Id;
        var changed = Named("Toinen");
        changed.Id = id;
        await client.Update(changed);
        await client.Get($"Patient/{id}", ("X-Request-ID", "request-1"));
        await client.Get($"Patient/{id}/_history/1");
        await client.Get($"Patient/{id}/_history");
        await client.Find("Patient?family=Toinen");
        await client.FindByPost("Patient", "family=Toinen");
        await client.Create(Named("Toinen"), ("If-None-Exist", "family=Toinen"));
        await client.Send(HttpMethod.Post, "", RunningServices.Json(
            $$"""
            {"resourceType": "Bundle", "type": "batch", "entry": [
                {"request": {"method": "GET", "url": "Patient/{{id}}"} },
                {"request": {"method": "GET", "url": "Patient?family=Toinen"} }]}
            """));

        var events = await Events(id!);
        Assert.Equal(
            [
                "create 1", "history-instance 1", "history-instance 2", "read 2", "read 2", "read 2", "search-type 2",
                "search-type 2", "search-type 2", "update 2", "vread 1",
            ],
            events.Select(one => $"{one.Subtype[0].Code} {one.Entity[0].What!.Reference![^1]}").Order(StringComparer.Ordinal));
        Assert.All(events, one => Assert.Equal(client.Organisation, one.Agent.Single().Who!.Identifier!.Value));
        Assert.Single(events, one => one.Entity is [_, { What.Identifier.Value: "request-1" }]);
        Assert.True(events.Zip(events.Skip(1)).All(pair => pair.First.Recorded >= pair.Second.Recorded));
    }

    [Fact]
    public async Task Nothing_is_shown_that_cannot_be_put_on_record()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        var alone = new StoreClient(services, "tenant", "organisation");
        var id = (await alone.Stored(Named(Family))).Id;
        await services.Store.Write(
            session => session.Execute("alter table access_log rename to access_log_away"), CancellationToken.None);
        foreach (var path in (string[])[$"Patient/{id}", $"Patient/{id}/_history", $"Patient?family={Family}"])
        {
            var response = await alone.Get(path);
            Assert.True(response.StatusCode >= HttpStatusCode.InternalServerError, $"{path}: {response.StatusCode}");
            Assert.DoesNotContain(Family, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await services.Store.Write(
            session => session.Execute("alter table access_log_away rename to access_log"), CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, (await alone.Get($"Patient/{id}")).StatusCode);
    }

    [Fact]
    public async Task Many_who_read_at_once_are_all_on_record_and_a_page_leads_to_the_next()
    {
        var id = (await client.Stored(Named(Family))).Id;
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => client.Get($"Patient/{id}")));
        Assert.Equal(31, (await Events(id!)).Count);
        var page = await RunningServices.Read<Bundle>(await client.Get($"AuditEvent?entity=Patient/{id}&_count=20"));
        Assert.Equal(20, page.Entry.Count);
        var rest = await RunningServices.Read<Bundle>(
            await client.Get(page.Link.Single(link => link.Relation == "next").Url!));
        Assert.Equal(11, rest.Entry.Count);
    }

    [Fact]
    public async Task Who_does_not_see_a_resource_does_not_learn_who_saw_it_and_faults_are_all_named()
    {
        var id = (await client.Stored(Named(Family))).Id;
        var other = server.NewTenant();
        Assert.Empty((await RunningServices.Read<Bundle>(await other.Get($"AuditEvent?entity=Patient/{id}"))).Entry);
        var issues = await StoreClient.Refused(
            await client.Get("AuditEvent?date=2026&_count=x"), 400, "REC_BAD_REQUEST", IssueType.Required);
        Assert.Equal(["http.entity", "http.date", "http._count"], issues.SelectMany(issue => issue.Expression));
    }

    private async Task<IReadOnlyList<AuditEvent>> Events(string id) =>
        [.. (await RunningServices.Read<Bundle>(await client.Get($"AuditEvent?entity=Patient/{id}&_count=200")))
            .Entry.Select(entry => Assert.IsType<AuditEvent>(entry.Resource))];

    private static Patient Named(string family) => new() { Name = [new HumanName { Family = family }] };
}
