using Fhir;
using Messages;
using ServiceKit.Rest;

namespace OccupationalHealth.CareEpisodes;

/// <summary>A visit counts against a quota only when person, method and time are told.</summary>
public sealed class VisitRule : IWriteRule<Procedure>
{
    public async Task<Refusal?> Check(Write<Procedure> write, CancellationToken cancel)
    {
        var visit = write.Proposed;
        List<FhirIssue> faults = [];
        if (visit.Subject is null || !visit.Subject.TryGetLocal(out var type, out var id) || type != "Patient"
            || await write.Session.Resources.Get<Patient>(write.Access, id) is null)
            faults.Add(Refusal.Issue(IssueType.NotFound, "Procedure.subject", "This base has no such Patient."));
        if (visit.Code?.Coding.Any(coding => coding is { System: Systems.Method, Code: not null }) != true)
            faults.Add(Refusal.Issue(
                IssueType.Required, "Procedure.code", $"A visit names its method, a code of {Systems.Method}."));
        if (visit.Performed is not (FhirDateTime or Period))
            faults.Add(Refusal.Issue(
                IssueType.Required, "Procedure.performed", "A visit tells when it was, as dateTime or Period."));
        return faults.Count > 0 ? Refusal.BadRequest(faults) : null;
    }
}
