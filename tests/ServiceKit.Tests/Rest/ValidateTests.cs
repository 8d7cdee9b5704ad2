using System.Net;
using Fhir;

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
