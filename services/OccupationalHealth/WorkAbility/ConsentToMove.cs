using Fhir;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// Whether a Consent lets a unit be told. Source of the elements: IHE ITI Privacy Consent on FHIR [V]. It speaks of one
/// person and names the unit; it is in force.
/// </summary>
internal static class ConsentToMove
{
    private const string Path = "Parameters.parameter('consent').resource";

    public static IEnumerable<FhirIssue> Faults(
        Consent? consent, Patient person, Identifier? unit, DateTimeOffset now)
    {
        if (consent is null)
        {
            yield return Fault(IssueType.Required, "", "The worker's Consent to tell the new unit.");
            yield break;
        }

        if (consent.Status is not ConsentState.Active)
            yield return Fault(IssueType.Value, ".status", "The consent is active.");
        if (consent.Patient?.Reference != $"Patient/{person.Id}" && !person.Identifier.Exists(known =>
            known.System == consent.Patient?.Identifier?.System && known.Value == consent.Patient?.Identifier?.Value))
            yield return Fault(IssueType.Value, ".patient", "The consent is that of the worker who is followed up.");
        if (DateInterval.Of(consent.DateTimeElement) is not { } given || given.Start > now)
            yield return Fault(IssueType.Value, ".dateTime", "When the worker gave the consent, not in the future.");
        if (consent.Provision is not { Type: ConsentProvisionType.Permit } provision)
            yield return Fault(IssueType.Value, ".provision.type", "The provision is a permit.");
        else
        {
            if (!provision.Actor.Exists(actor => actor.Reference?.Identifier is { } named
                && named.System == unit?.System && named.Value == unit?.Value))
                yield return Fault(IssueType.Required, ".provision.actor", "The permit names the receiver by identifier.");
            if (DateInterval.Of(provision.Period) is { } period && (period.Start > now || period.End < now))
                yield return Fault(IssueType.Value, ".provision.period", "The permit is in force now.");
            if (provision.Provision.Count > 0)
                yield return Fault(IssueType.NotSupported, ".provision.provision", "A permit without exceptions.");
        }
    }

    private static FhirIssue Fault(IssueType code, string place, string message) =>
        Refusal.Issue(code, Path + place, message);
}
