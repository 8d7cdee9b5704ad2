using System.Net;
using Fhir;
using Messages;

namespace ServiceKit.Tests.Rest;

/// <summary>http://hl7.org/fhir/R4/resource-operation-validate.html</summary>
[Collection(StoreCollection.Name)]
public sealed class ValidateTests(StoreServer server)
{
    private readonly StoreClient client = server.NewTenant();

    [Fact]
    public async Task What_has_no_fault_is_said_to_have_none_and_is_not_stored()
    {
        foreach (var body in (Resource[])[Task(), Wrapped(Task())])
        {
            var outcome = await Validated("Task", body);
            Assert.Equal(IssueSeverity.Information, outcome.Issue.Single().Severity);
        }

        Assert.Empty(await client.Find("Task"));
    }

    [Fact]
    public async Task Every_fault_is_listed_with_its_rule_and_place()
    {
        var task = Task();
        task.AuthoredOn = "2026-05-02T10:00:00Z";
        task.LastModified = "2026-05-01T10:00:00Z";
        task.For = new ResourceReference("#absent");
        task.Restriction = new FhirTask.RestrictionComponent
        {
            Period = new Period { Start = "2026-06-01", End = "2026-05-01" },
        };
        foreach (var body in (Resource[])[task, Wrapped(task)])
        {
            var outcome = await Validated("Task", body);
            Assert.Equal(
                ["inv-1 Task", "ref-1 Task.for", "per-1 Task.restriction.period"],
                outcome.Issue.Where(issue => issue.Severity == IssueSeverity.Error)
                    .Select(issue => $"{issue.Diagnostics!.Split(':')[0]} {issue.Expression.Single()}"));
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await client.Create(task)).StatusCode);
    }

    [Theory]
    [InlineData("""{"resourceType":"Task","status":"soon"}""", "Task.status", IssueType.CodeInvalid)]
    [InlineData("""{"resourceType":"Patient"}""", "Patient", IssueType.Invalid)]
    [InlineData("""{"resourceType":"Parameters"}""", "Parameters.parameter", IssueType.Required)]
    [InlineData("""{"resourceType":"Task",""", "Task", IssueType.Structure)]
    public async Task What_is_no_such_resource_is_told_as_a_fault(string json, string expression, IssueType type)
    {
        var response = await client.Send(HttpMethod.Post, "Task/$validate", RunningServices.Json(json));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var outcome = await RunningServices.Read<OperationOutcome>(response);
        Assert.Equal(type, outcome.Issue[0].Code);
        Assert.Equal(expression, outcome.Issue[0].Expression.Single());
    }

    [Fact]
    public async Task Types_that_are_not_written_by_REST_are_validated_too()
    {
        var outcome = await Validated("Organization", new Organization { Active = true });
        Assert.StartsWith("org-1:", outcome.Issue.Single().Diagnostics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_stored_here_is_validated_too_such_as_the_Bundle_of_a_message()
    {
        var message = new Bundle { Type = BundleType.Message };
        message.Entry.Add(new Bundle.EntryComponent { FullUrl = "urn:uuid:1", Resource = Task() });
        var outcome = await Validated("Bundle", message);
        Assert.StartsWith("bdl-12:", outcome.Issue.First(issue => issue.Severity == IssueSeverity.Error).Diagnostics,
            StringComparison.Ordinal);

        var response = await client.Send(HttpMethod.Post, "Nothing/$validate", StoreClient.Body(Task()));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_profile_is_asked_for_in_the_address_or_among_the_parameters()
    {
        var profile = Canonicals.StructureDefinition("numbered-task");
        var wrapped = Wrapped(Task());
        wrapped.Parameter.Add(new Parameters.ParameterComponent { Name = "profile", Value = new FhirUri(profile) });
        foreach (var (address, body) in ((string, Resource)[])
            [("Task/$validate?profile=" + Uri.EscapeDataString(profile), Task()), ("Task/$validate", wrapped)])
        {
            var outcome = await RunningServices.Read<OperationOutcome>(
                await client.Send(HttpMethod.Post, address, StoreClient.Body(body)));
            var issue = outcome.Issue.Single();
            Assert.Equal((IssueSeverity.Error, "Task"), (issue.Severity!.Value, issue.Expression.Single()));
            Assert.Contains($"(profile: {profile}|", issue.Diagnostics, StringComparison.Ordinal);
        }

        var numbered = Task();
        numbered.Identifier.Add(new Identifier("urn:oid:1.2.3", "1")
        {
            Type = new CodeableConcept(Systems.IdentifierType, "PLAC"),
        });
        wrapped.Parameter[0].Resource = numbered;
        Assert.Equal(IssueSeverity.Information, (await Validated("Task", wrapped)).Issue.Single().Severity);
    }

    [Fact]
    public async Task An_unknown_profile_is_a_fault_that_names_it_and_a_claimed_one_a_warning()
    {
        var outcome = await RunningServices.Read<OperationOutcome>(await client.Send(
            HttpMethod.Post, "Task/$validate?profile=http://a.example/x", StoreClient.Body(Task())));
        Assert.Equal(IssueSeverity.Error, outcome.Issue.Single().Severity);
        Assert.Contains("http://a.example/x", outcome.Issue[0].Diagnostics, StringComparison.Ordinal);

        var task = Task();
        task.Meta = new Meta { Profile = ["http://a.example/x", Canonicals.StructureDefinition("numbered-task")] };
        outcome = await Validated("Task", task);
        Assert.Equal(
            [(IssueSeverity.Warning, "Task.meta.profile[0]"), (IssueSeverity.Error, "Task")],
            outcome.Issue.Select(issue => (issue.Severity!.Value, issue.Expression.Single())));
    }

    private async Task<OperationOutcome> Validated(string type, Resource body)
    {
        var response = await client.Send(HttpMethod.Post, $"{type}/$validate", StoreClient.Body(body));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await RunningServices.Read<OperationOutcome>(response);
    }

    private static FhirTask Task() => new() { Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order };

    private static Parameters Wrapped(Resource resource)
    {
        var parameters = new Parameters();
        parameters.Parameter.Add(new Parameters.ParameterComponent { Name = "resource", Resource = resource });
        return parameters;
    }
}
