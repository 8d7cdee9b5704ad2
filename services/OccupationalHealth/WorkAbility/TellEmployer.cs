using Fhir;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// <c>POST Patient/{id}/$for-employer</c>: what occupational health may hand to an employer about a worker. Parameters:
/// <c>employer</c> and <c>provider</c> (Identifier each), between which a contract is in force. It answers each
/// <c>checkpoint</c> and <c>negotiation</c> of <see cref="EmployerView"/>, which may be none: that says nothing. It is
/// refused where the worker has forbidden it. Employers do not call here themselves: no caller is known as one.
/// </summary>
public static class TellEmployer
{
    public static void MapTellEmployer(this RouteGroupBuilder group) => group.MapParameters(
        "/Patient/{id}/$for-employer", (session, access, context, input) =>
            Tell(session, access, (string)context.Request.RouteValues["id"]!, input));

    private static async Task<(Resource? Answer, Refusal? Refusal)> Tell(
        Session session, Access access, string person, Parameters input)
    {
        if (await session.Resources.Get<Patient>(access, person) is null)
            return (null, Refusal.NotFound("There is no Patient of this id."));
        List<FhirIssue> faults = [];
        for (var i = 0; i < input.Parameter.Count; i++)
            if (input.Parameter[i].Name is not ("employer" or "provider"))
                faults.Add(Refusal.Issue(IssueType.NotSupported, $"Parameters.parameter[{i}].name",
                    "The parameters are employer and provider."));
        var employer = await Known(session, access, input, "employer", faults);
        var provider = await Known(session, access, input, "provider", faults);
        if (employer is not null && provider is not null
            && !await TakeEmployerNotice.HasContract(session, access, employer.Id!, provider))
            faults.Add(Refusal.Issue(IssueType.BusinessRule, "Parameters.parameter('employer')",
                "No contract of this employer with the provider is in force."));
        if (faults.Count > 0)
            return (null, Refusal.BadRequest(faults));

        if (await ProhibitionRule.Forbids(session, access, person, employer!, ProhibitionRule.Disclosure))
            return (null, new Refusal(403, "SEND_FORBIDDEN", [Refusal.Issue(
                IssueType.Forbidden, "", "The worker has forbidden that the employer be told.")]));
        return (await new EmployerView(session, access, employer!, provider!).Of(person), null);
    }

    private static async Task<Organization?> Known(
        Session session, Access access, Parameters input, string name, List<FhirIssue> faults)
    {
        var found = input.Value<Identifier>(name) is { System: { } system, Value: { } value }
            ? await session.Resources.FindByToken<Organization>(access, "identifier", system, value)
            : null;
        if (found is null)
            faults.Add(Refusal.Issue(IssueType.NotFound, $"Parameters.parameter('{name}')",
                "An Organization of this base, named by its Identifier."));
        return found;
    }
}
