using Fhir;
using Messages;
using OccupationalHealth.Referrals;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Triage;

/// <summary>
/// Who sees to a person whose answers ask for it. It is asked for whatever the answers are, so that nothing is refused
/// because of what a person answered.
/// </summary>
/// <param name="Patient">The person's id; empty with a fault.</param>
/// <param name="Owner">A professional or a unit by the author of the answers, else by the open referral.</param>
/// <param name="Unit">To whom an undone review goes.</param>
/// <param name="Care">The person's open care Task; null when there is none.</param>
internal sealed record ReviewReceiver(
    string Patient, ResourceReference? Owner, ResourceReference? Unit, FhirTask? Care, IReadOnlyList<FhirIssue> Faults)
{
    public static async Task<ReviewReceiver> Of(Session session, Access access, QuestionnaireResponse response)
    {
        if (response.Subject?.TryGetLocal(out var type, out var person) != true || type != "Patient"
            || await session.Resources.Get<Patient>(access, person) is null)
            return new ReviewReceiver("", null, null, null, [Refusal.Issue(
                IssueType.NotFound, "QuestionnaireResponse.subject", "This base has no such Patient.")]);

        var care = (await session.Resources.FindByReference<FhirTask>(access, "subject", "Patient", person))
            .FirstOrDefault(task =>
                task.Code?.Has(Systems.TaskKind, TaskKinds.Care) == true && TaskMoves.IsOpen(task.Status));
        var (owner, unit) = await ByAuthor(session, access, response.Author);
        if (care is not null)
            return new ReviewReceiver(person, owner ?? care.Requester, unit, care, []);
        return new ReviewReceiver(person, owner, unit, null, owner is not null ? [] : [Refusal.Issue(
            IssueType.Required, "QuestionnaireResponse.author",
            "The person has no open referral: the author is who receives the answers, an Organization of this base, "
            + "or a PractitionerRole of it with its organisation.")]);
    }

    private static async Task<(ResourceReference? Owner, ResourceReference? Unit)> ByAuthor(
        Session session, Access access, ResourceReference? author)
    {
        if (author?.TryGetLocal(out var type, out var id) != true)
            return (null, null);
        if (type == "Organization" && await session.Resources.Get<Organization>(access, id) is { } unit)
            return (Units.Named(author.Clone(), unit), Units.Named(author.Clone(), unit));
        if (type != "PractitionerRole"
            || await session.Resources.Get<PractitionerRole>(access, id) is not { Organization: { } of }
            || !of.TryGetLocal(out _, out var unitId)
            || await session.Resources.Get<Organization>(access, unitId) is not { } employer)
            return (null, null);
        return (author.Clone(), Units.Named(new ResourceReference($"Organization/{unitId}"), employer));
    }
}
