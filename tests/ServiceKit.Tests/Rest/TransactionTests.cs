using System.Net;
using Fhir;
using Messages;

namespace ServiceKit.Tests.Rest;

/// <summary>http://hl7.org/fhir/R4/http.html#transaction</summary>
[Collection(StoreCollection.Name)]
public sealed class TransactionTests(StoreServer server)
{
    private const string Person = "urn:uuid:0194e0f8-0000-7000-8000-000000000001",
        Request = "urn:uuid:0194e0f8-0000-7000-8000-000000000002", Code = "010594Y9032";

    private readonly StoreClient client = server.NewTenant();

    [Fact]
    public async Task A_transaction_stores_all_entries_and_turns_their_references()
    {
        // The Task comes first and points to what comes behind it.
        var response = await Answered(Transaction(
            Post(new FhirTask
            {
                Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order, For = new ResourceReference(Person),
                Focus = new ResourceReference(Request),
            }),
            Post(new ServiceRequest
            {
                Status = RequestStatus.Active, Intent = RequestIntent.Order, Subject = new ResourceReference(Person),
            }, Request),
            Post(Named("Virtanen"), Person)));
        Assert.Equal(BundleType.TransactionResponse, response.Type);
        Assert.Equal(["201", "201", "201"], response.Entry.Select(entry => entry.Response!.Status));
        var task = await Read<FhirTask>(response, 0);
        var request = await Read<ServiceRequest>(response, 1);
        var person = await Read<Patient>(response, 2);
        Assert.Equal($"Patient/{person.Id}", task.For!.Reference);
        Assert.Equal($"ServiceRequest/{request.Id}", task.Focus!.Reference);
        Assert.Equal($"Patient/{person.Id}", request.Subject!.Reference);
        Assert.Equal([task.Id], await client.Find("Task?patient.family=Virtanen"));
        Assert.All(response.Entry, entry =>
        {
            Assert.Equal("W/\"1\"", entry.Response!.Etag);
            Assert.EndsWith("/_history/1", entry.Response.Location, StringComparison.Ordinal);
            Assert.NotNull(entry.Response.LastModified);
        });
    }

    [Fact]
    public async Task Nothing_is_stored_when_one_entry_is_refused_and_every_fault_is_named()
    {
        var stale = await client.Stored(Named("Korhonen"));
        var issues = await StoreClient.Refused(await Send(Transaction(
            Post(Named("Virtanen"), Person),
            Post(new Observation
            {
                Status = ObservationStatus.Final, Code = new CodeableConcept("http://example.org/codes", "a"),
                Subject = new ResourceReference("Patient?family=Nobody"),
            }),
            Put(stale, "W/\"7\""))), 400, "REC_BAD_REQUEST", IssueType.NotFound);
        Assert.Equal(
            ["Bundle.entry[1].resource", "Bundle.entry[2].resource.meta.versionId"],
            issues.Select(issue => issue.Expression.Single()));
        Assert.Empty(await client.Find("Patient?family=Virtanen"));
        Assert.Empty(await client.Find("Observation"));
    }

    [Fact]
    public async Task A_reference_to_no_entry_is_refused_where_it_stands()
    {
        var issues = await StoreClient.Refused(await Send(Transaction(Post(new FhirTask
        {
            Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order, For = new ResourceReference(Person),
        }))), 400, "REC_BAD_REQUEST", IssueType.NotFound);
        Assert.Equal("Bundle.entry[0].resource.for", issues[^1].Expression.Single());
    }

    [Theory]
    [InlineData("DELETE", "Patient/1", false, "Bundle.entry[0].request")]
    [InlineData("PATCH", "Patient/1", true, "Bundle.entry[0].request")]
    [InlineData("POST", "Encounter", true, "Bundle.entry[0].request.url")]
    [InlineData("POST", "Organization", true, "Bundle.entry[0].request.url")]
    [InlineData("POST", "Patient", false, "Bundle.entry[0].resource")]
    [InlineData("POST", "Task", true, "Bundle.entry[0].resource")]
    [InlineData("POST", "Patient/1", true, "Bundle.entry[0].request")]
    [InlineData("PUT", "Patient", true, "Bundle.entry[0].request")]
    [InlineData("PUT", "Patient/other", true, "Bundle.entry[0].resource.id")]
    [InlineData("PUT", "Patient?family=x", true, "Bundle.entry[0].request")]
    [InlineData("GET", "Patient/1/_history/1", false, "Bundle.entry[0].request")]
    [InlineData("GET", "$process-message", false, "Bundle.entry[0].request.url")]
    public async Task What_an_entry_may_not_ask_for_is_refused_with_its_place(
        string method, string url, bool withResource, string expression)
    {
        var bundle = Transaction(new Bundle.EntryComponent
        {
            Resource = withResource ? new Patient { Id = "1", Active = true } : null,
            Request = new Bundle.RequestComponent { Method = EnumCodes.Parse<HTTPVerb>(method), Url = url },
        });
        var response = await Send(bundle);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var outcome = await RunningServices.Read<OperationOutcome>(response);
        Assert.Equal(expression, outcome.Issue.Single().Expression.Single());
    }

    [Fact]
    public async Task A_conditional_create_takes_what_is_there_for_what_would_be_created()
    {
        Bundle Sent() => Transaction(
            Post(new FhirTask
            {
                Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order, For = new ResourceReference(Person),
            }),
            Post(Identified(), Person, $"identifier={Systems.IdentityCode}|{Code}"));
        var first = await Answered(Sent());
        var second = await Answered(Sent());
        Assert.Equal(["201", "201"], first.Entry.Select(entry => entry.Response!.Status));
        Assert.Equal(["201", "200"], second.Entry.Select(entry => entry.Response!.Status));
        var person = await Read<Patient>(first, 1);
        Assert.Equal($"Patient/{person.Id}", (await Read<FhirTask>(second, 0)).For!.Reference);
        Assert.Equal(
            [person.Id], await client.FindByPost("Patient", $"identifier={Systems.IdentityCode}%7C{Code}"));
    }

    [Fact]
    public async Task Ten_conditional_creates_at_once_store_one()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Answered(Transaction(
            Post(Identified(), Person, $"identifier={Systems.IdentityCode}|{Code}")))));
        Assert.Single(all, response => response.Entry[0].Response!.Status == "201");
        Assert.Single(await client.Find("Patient"));
    }

    [Fact]
    public async Task A_conditional_reference_is_turned_to_the_one_that_it_finds_and_refused_otherwise()
    {
        var person = await client.Stored(Identified());
        Bundle Sent(string code) => Transaction(Post(new FhirTask
        {
            Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order,
            For = new ResourceReference($"Patient?identifier={Systems.IdentityCode}|{code}"),
        }));
        var response = await Answered(Sent(Code));
        Assert.Equal($"Patient/{person.Id}", (await Read<FhirTask>(response, 0)).For!.Reference);
        await StoreClient.Refused(await Send(Sent("010594Y9021")), 400, "REC_BAD_REQUEST", IssueType.NotFound);
        await client.Stored(Identified());
        await StoreClient.Refused(await Send(Sent(Code)), 400, "REC_BAD_REQUEST", IssueType.MultipleMatches);
        Assert.Single(await client.Find("Task"));
    }

    [Fact]
    public async Task What_is_read_in_a_transaction_is_what_it_has_written()
    {
        var person = await client.Stored(Named("Korhonen"));
        person.Name[0].Family = "Virtanen";
        var response = await Answered(Transaction(Get("Patient?family=Virtanen"), Get($"Patient/{person.Id}"),
            Put(person, "W/\"1\"")));
        Assert.Equal(["200", "200", "200"], response.Entry.Select(entry => entry.Response!.Status));
        var found = Assert.IsType<Bundle>(response.Entry[0].Resource);
        Assert.Equal([person.Id], StoreClient.Ids(found));
        Assert.Equal("2", response.Entry[1].Resource!.Meta!.VersionId);
        Assert.Equal("W/\"2\"", response.Entry[2].Response!.Etag);
    }

    [Fact]
    public async Task Two_entries_that_change_the_same_resource_are_refused()
    {
        var person = await client.Stored(Named("Korhonen"));
        await StoreClient.Refused(
            await Send(Transaction(Put(person), Put(person))), 400, "REC_BAD_REQUEST", IssueType.Duplicate);
        Assert.Equal("W/\"1\"", (await client.Get($"Patient/{person.Id}")).Headers.ETag!.ToString());
    }

    [Fact]
    public async Task The_entries_of_a_batch_are_answered_each_for_themselves()
    {
        var person = await client.Stored(Named("Korhonen"));
        var batch = Transaction(
            Post(Named("Virtanen")), Put(person, "W/\"7\""), Get("Patient?family=Virtanen"), Get("Patient/none"),
            Post(new FhirTask
            {
                Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order, For = new ResourceReference(Person),
            }),
            new Bundle.EntryComponent
            {
                Request = new Bundle.RequestComponent { Method = HTTPVerb.DELETE, Url = $"Patient/{person.Id}" },
            });
        batch.Type = BundleType.Batch;
        var response = await Answered(batch);
        Assert.Equal(BundleType.BatchResponse, response.Type);
        Assert.Equal(
            ["201", "412", "200", "404", "400", "400"], response.Entry.Select(entry => entry.Response!.Status));
        Assert.Single(Assert.IsType<Bundle>(response.Entry[2].Resource).Entry);
        Assert.All(
            response.Entry.Where(entry => entry.Response!.Status![0] == '4'),
            entry => Assert.IsType<OperationOutcome>(entry.Response!.Outcome));
        Assert.Empty(await client.Find("Task"));
    }

    [Fact]
    public async Task The_answer_leaves_the_resources_out_when_asked_so()
    {
        var response = await client.Send(
            HttpMethod.Post, "", StoreClient.Body(Transaction(Post(Named("Virtanen")))), ("Prefer", "return=minimal"));
        var bundle = await RunningServices.Read<Bundle>(response);
        Assert.Null(bundle.Entry.Single().Resource);
        Assert.Equal("201", bundle.Entry[0].Response!.Status);
    }

    [Fact]
    public async Task Other_Bundles_and_too_many_entries_are_refused()
    {
        var message = new Bundle { Type = BundleType.Collection };
        await StoreClient.Refused(await Send(message), 400, "REC_BAD_REQUEST", IssueType.Value);
        await StoreClient.Refused(await Send(Named("Virtanen")), 400, "REC_BAD_REQUEST", IssueType.Value);
        var many = Transaction([.. Enumerable.Range(0, 1001).Select(_ => Get("Patient/none"))]);
        await StoreClient.Refused(await Send(many), 413, "SEND_TOO_LARGE", IssueType.TooLong);
    }

    [Fact]
    public async Task A_transaction_reaches_nothing_of_another_tenant()
    {
        var stranger = server.NewTenant();
        var theirs = await stranger.Stored(Identified());
        var issues = await StoreClient.Refused(
            await Send(Transaction(Put(theirs))), 405, "SEND_METHOD_NOT_ALLOWED", IssueType.NotSupported);
        Assert.Equal("Bundle.entry[0].resource.id", issues.Single().Expression.Single());
        await StoreClient.Refused(await Send(Transaction(Post(new FhirTask
        {
            Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order,
            For = new ResourceReference($"Patient?identifier={Systems.IdentityCode}|{Code}"),
        }))), 400, "REC_BAD_REQUEST", IssueType.NotFound);
        var created = await Answered(
            Transaction(Post(Identified(), Person, $"identifier={Systems.IdentityCode}|{Code}")));
        Assert.Equal("201", created.Entry[0].Response!.Status);
    }

    private async Task<T> Read<T>(Bundle response, int entry) where T : Resource
    {
        var resource = Assert.IsType<T>(response.Entry[entry].Resource);
        Assert.Equal($"{client.Root}/{resource.TypeName}/{resource.Id}", response.Entry[entry].FullUrl);
        return await RunningServices.Read<T>(await client.Get($"{resource.TypeName}/{resource.Id}"));
    }

    private Task<HttpResponseMessage> Send(Resource body) => client.Send(HttpMethod.Post, "", StoreClient.Body(body));

    private async Task<Bundle> Answered(Bundle bundle)
    {
        var response = await Send(bundle);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await RunningServices.Read<Bundle>(response);
    }

    private static Bundle Transaction(params IReadOnlyList<Bundle.EntryComponent> entries)
    {
        var bundle = new Bundle { Type = BundleType.Transaction };
        bundle.Entry.AddRange(entries);
        return bundle;
    }

    private static Bundle.EntryComponent Post(Resource resource, string? fullUrl = null, string? unless = null) => new()
    {
        FullUrl = fullUrl, Resource = resource,
        Request = new Bundle.RequestComponent
        {
            Method = HTTPVerb.POST, Url = resource.TypeName, IfNoneExist = unless,
        },
    };

    private static Bundle.EntryComponent Put(Resource resource, string? ifMatch = null) => new()
    {
        Resource = resource,
        Request = new Bundle.RequestComponent
        {
            Method = HTTPVerb.PUT, Url = $"{resource.TypeName}/{resource.Id}", IfMatch = ifMatch,
        },
    };

    private static Bundle.EntryComponent Get(string url) => new()
    {
        Request = new Bundle.RequestComponent { Method = HTTPVerb.GET, Url = url },
    };

    private static Patient Named(string family) => new() { Name = [new HumanName { Family = family }] };

    private static Patient Identified() => new() { Identifier = [new Identifier(Systems.IdentityCode, Code)] };
}
