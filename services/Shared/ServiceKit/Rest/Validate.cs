using Fhir;
using Fhir.Json;
using Fhir.Validation;
using Messages.Guide;
using Microsoft.AspNetCore.Http;

namespace ServiceKit.Rest;

/// <summary>
/// <c>POST {Type}/$validate</c>, of every type that can be read, stored here or not:
/// http://hl7.org/fhir/R4/resource-operation-validate.html. The answer is 200 whatever the faults are; nothing is stored.
/// Beside R4 itself it checks the profiles that the resource claims and those that the parameter <c>profile</c> names, in
/// the address or among Parameters; where it names none, those of the guide for the kind.
/// </summary>
public static class Validate
{
    public static async Task Handle(HttpContext context, string type)
    {
        var (body, refusal) = await FhirHttp.ReadBody(context.Request, context.RequestAborted);
        if (refusal is not null)
        {
            await FhirHttp.Refuse(context.Response, refusal, context.RequestAborted);
            return;
        }

        string[] asked = [.. context.Request.Query["profile"].OfType<string>()];
        var outcome = Outcome(Faults(FhirJson.Read(body!), type, asked));
        await FhirHttp.Write(context.Response, 200, FhirJson.Write(outcome), context.RequestAborted);
    }

    private static IReadOnlyList<FhirIssue> Faults(FhirReadResult read, string type, string[] asked)
    {
        if (!read.Ok) return read.Issues;
        // The resource may come alone, or as a parameter of that name.
        var parameters = type == nameof(Parameters) ? null : read.Resource as Parameters;
        var resource = parameters is null
            ? read.Resource
            : parameters.Parameter.Find(parameter => parameter.Name == "resource")?.Resource;
        if (resource is null)
            return [Refusal.Issue(IssueType.Required, "Parameters.parameter", "There is no parameter 'resource'.")];
        if (resource.TypeName != type)
            return [Refusal.Issue(IssueType.Invalid, resource.TypeName, $"The resource must be a {type}.")];
        return ResourceValidator.Validate(resource, new ValidationOptions
        {
            Registry = GuideContent.Registry,
            Profiles = [.. Asked(resource, [.. asked, .. Profiles(parameters)])],
        });
    }

    // Who asks for none wants to know what the guide demands of the kind.
    private static IEnumerable<string> Asked(Resource resource, IReadOnlyCollection<string> asked) =>
        asked.Count > 0 ? asked.Distinct(StringComparer.Ordinal) : GuideContent.ProfilesOf(resource);

    private static IEnumerable<string> Profiles(Parameters? parameters) =>
        parameters?.Parameter.Where(parameter => parameter.Name == "profile")
            .Select(parameter => (parameter.Value as PrimitiveType)?.Text).OfType<string>() ?? [];

    private static OperationOutcome Outcome(IReadOnlyList<FhirIssue> faults)
    {
        if (faults.Count > 0) return Refusal.BadRequest(faults).ToOutcome();
        var outcome = new OperationOutcome();
        outcome.Issue.Add(new OperationOutcome.IssueComponent
        {
            Severity = IssueSeverity.Information, Code = IssueType.Informational, Diagnostics = "No faults were found.",
        });
        return outcome;
    }
}
