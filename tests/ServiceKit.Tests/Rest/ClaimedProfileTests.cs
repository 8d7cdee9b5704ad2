using System.Net;
using Fhir;
using Messages;

namespace ServiceKit.Tests.Rest;

/// <summary>What a resource says that it keeps, it keeps, or it is refused: by create, in a transaction, in a message.</summary>
[Collection(StoreCollection.Name)]
public sealed class ClaimedProfileTests(StoreServer server)
{
    private readonly StoreClient client = server.NewTenant();

    [Fact]
    public async Task A_create_is_refused_with_every_fault_of_the_profile_that_it_claims()
    {
        var response = await client.Send(HttpMethod.Post, "Task", StoreClient.Body(Claiming("referral-task")));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var outcome = await RunningServices.Read<OperationOutcome>(response);
        Assert.Equal(
            ["Task", "Task.authoredOn", "Task.code", "Task.focus", "Task.for", "Task.intent", "Task.requester"],
            outcome.Issue.Select(issue => issue.Expression.Single()).Order(StringComparer.Ordinal));
        Assert.All(outcome.Issue, issue =>
            Assert.Contains("(profile: " + Canonicals.StructureDefinition("referral-task"), issue.Diagnostics!,
                StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_transaction_stores_nothing_when_one_entry_does_not_keep_its_claim()
    {
        var bundle = new Bundle { Type = BundleType.Transaction };
        foreach (var task in (FhirTask[])[Task(), Claiming("numbered-task")])
        {
            bundle.Entry.Add(new Bundle.EntryComponent
            {
                Resource = task, Request = new Bundle.RequestComponent { Method = HTTPVerb.POST, Url = "Task" },
            });
        }

        var response = await client.Send(HttpMethod.Post, "", StoreClient.Body(bundle));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(["Bundle.entry[1].resource"],
            (await RunningServices.Read<OperationOutcome>(response)).Issue.Select(issue => issue.Expression.Single()));
        Assert.Empty((await RunningServices.Read<Bundle>(await client.Get("Task"))).Entry);
    }

    [Fact]
    public async Task A_message_is_refused_when_one_of_its_resources_does_not_keep_its_claim()
    {
        var referral = SampleServices.Referral("j-claim");
        referral.Entry[1].Resource!.Meta = Claiming("numbered-task").Meta;
        var response = await server.Services.Post("/sender/fhir/$process-message", referral);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(["Bundle.entry[1].resource"],
            (await RunningServices.Read<OperationOutcome>(response)).Issue.Select(issue => issue.Expression.Single()));
    }

    [Fact]
    public async Task A_claim_that_is_kept_or_unknown_here_is_no_hindrance()
    {
        var numbered = Claiming("numbered-task");
        numbered.Identifier.Add(new Identifier("urn:oid:1.2.3", "1")
        {
            Type = new CodeableConcept(Systems.IdentifierType, "PLAC"),
        });
        var other = Task();
        other.Meta = new Meta { Profile = ["http://a.example/of-others"] };
        foreach (var task in (FhirTask[])[numbered, other])
        {
            var response = await client.Send(HttpMethod.Post, "Task", StoreClient.Body(task));
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            Assert.Equal(task.Meta!.Profile, (await RunningServices.Read<FhirTask>(response)).Meta!.Profile);
        }
    }

    private static FhirTask Claiming(string profile)
    {
        var task = Task();
        task.Meta = new Meta { Profile = [Canonicals.StructureDefinition(profile)] };
        return task;
    }

    private static FhirTask Task() => new() { Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Proposal };
}
