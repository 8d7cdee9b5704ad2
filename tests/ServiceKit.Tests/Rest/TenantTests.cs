using System.Net;
using Fhir;
using ServiceKit.Storage;

namespace ServiceKit.Tests.Rest;

/// <summary>A tenant sees its own resources and those shared with it; the others are as if they were not there.</summary>
[Collection(StoreCollection.Name)]
public sealed class TenantTests(StoreServer server)
{
    private readonly StoreClient owner = server.NewTenant();
    private readonly StoreClient stranger = server.NewTenant();

    [Fact]
    public async Task Anothers_resource_is_answered_to_the_letter_as_one_that_is_absent()
    {
        var task = await Task();
        foreach (var suffix in (string[])["", "/_history", "/_history/1"])
        {
            var theirs = await stranger.Get($"Task/{task.Id}{suffix}");
            var absent = await stranger.Get($"Task/{Guid.CreateVersion7()}{suffix}");
            Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);
            Assert.Equal(Head(absent), Head(theirs));
            Assert.Equal(await absent.Content.ReadAsStringAsync(), await theirs.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Anothers_resource_cannot_be_replaced_and_is_refused_like_an_absent_one()
    {
        var task = await Task();
        var theirs = await stranger.Update(task, ("If-Match", "W/\"1\""));
        var absent = (FhirTask)task.Clone();
        absent.Id = Guid.CreateVersion7().ToString();
        var none = await stranger.Update(absent, ("If-Match", "W/\"1\""));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, theirs.StatusCode);
        Assert.Equal(await none.Content.ReadAsStringAsync(), await theirs.Content.ReadAsStringAsync());
        Assert.Equal("W/\"1\"", (await owner.Get($"Task/{task.Id}")).Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Searches_counts_and_conditions_do_not_reach_anothers_resources()
    {
        var task = await Task();
        string[] searches = ["Task", $"Task?_id={task.Id}", "Task?status=requested", "Task?owner:missing=true"];
        foreach (var search in searches)
        {
            Assert.Equal([task.Id], await owner.Find(search));
            Assert.Empty(await stranger.Find(search));
        }

        var count = await RunningServices.Read<Bundle>(await stranger.Get("Task?_summary=count"));
        Assert.Equal(0, count.Total);
        var response = await stranger.Create(NewTask(), ("If-None-Exist", "status=requested"));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task Organisation_alone_does_not_open_anothers_register()
    {
        var task = await Task();
        var sameOrganisation = server.As(stranger.Tenant, owner.Organisation);
        Assert.Equal(HttpStatusCode.NotFound, (await sameOrganisation.Get($"Task/{task.Id}")).StatusCode);
    }

    [Fact]
    public async Task What_is_shared_with_an_organisation_is_seen_by_it_and_by_nobody_else()
    {
        var task = await Task();
        var third = server.NewTenant();
        string[] twice = [stranger.Organisation, stranger.Organisation];
        await server.Services.Store.Write(session => session.Resources.Share(task, twice), CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, (await stranger.Get($"Task/{task.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.Get($"Task/{task.Id}/_history/1")).StatusCode);
        Assert.Equal([task.Id], await stranger.Find("Task?status=requested"));
        Assert.Equal(HttpStatusCode.NotFound, (await third.Get($"Task/{task.Id}")).StatusCode);
        Assert.Empty(await third.Find("Task"));
    }

    [Fact]
    public async Task Who_sees_its_own_only_sees_what_it_stored_or_was_given_and_what_is_open_and_changes_nothing_else()
    {
        var mine = await owner.Stored(NewTask());
        var ward = new Organization { Id = Guid.CreateVersion7().ToString(), Name = "Osasto" };
        await server.Services.Store.Write(
            session => session.Resources.Create(new Access(owner.Tenant, owner.Organisation), ward), CancellationToken.None);
        foreach (var reach in (string[])["organisation", "anything", ""])
        {
            var narrow = server.As(owner.Tenant, "ward", reach);
            Assert.Equal(HttpStatusCode.NotFound, (await narrow.Get($"Task/{mine.Id}")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await narrow.Get($"Organization/{ward.Id}")).StatusCode);
        }

        var ours = server.As(owner.Tenant, "ward", "organisation");
        var own = await ours.Stored(NewTask());
        Assert.Equal([own.Id], await ours.Find("Task"));
        Assert.Equal(HttpStatusCode.OK, (await ours.Update(own)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await ours.Update(mine)).StatusCode);
        Assert.Empty(await server.As(owner.Tenant, "another ward", "organisation").Find("Task"));
        Assert.Equal(2, (await server.As(owner.Tenant, owner.Organisation, "tenant").Find("Task")).Count);

        // What is open is seen by all, and changed by whom it belongs to.
        var narrowly = new Access(owner.Tenant, "ward", OwnOnly: true);
        foreach (var (access, resource, may) in (IEnumerable<(Access, Resource, bool)>)
            [(narrowly, ward, false), (narrowly, own, true), (narrowly with { OwnOnly = false }, ward, true)])
            Assert.Equal(may, await server.Services.Store.Read(
                session => session.Resources.MayChange(access, resource.TypeName, resource.Id!), CancellationToken.None));
    }

    private Task<FhirTask> Task() => owner.Stored(NewTask());

    private static FhirTask NewTask() => new() { Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order };

    private static string Head(HttpResponseMessage response) => string.Join(
        '\n', response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Date")
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));
}
