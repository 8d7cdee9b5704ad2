using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.Consents;

/// <summary>
/// A person lets this service tell a unit of occupational health, or forbids it; what employers may be told is a <see
/// cref="DisclosurePreference"/>, with a rule of its own. Source of the elements: IHE ITI Privacy Consent on FHIR [V].
/// What would narrow a permit in a way that is not honoured here is refused, so that nobody is told more than was
/// meant.
/// </summary>
public sealed class ConsentRule : IWriteRule<Consent>
{
    internal const string ScopeSystem = "http://terminology.hl7.org/CodeSystem/consentscope", Scope = "patient-privacy",
        Category = "59284-0", RoleSystem = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
        Recipient = "IRCP";

    public Task<Refusal?> Check(Write<Consent> write, CancellationToken cancel) =>
        DisclosurePreference.Is(write.Current ?? write.Proposed)
            ? DisclosurePreferenceRule.Check(write)
            : CheckPermitToTell(write);

    private static async Task<Refusal?> CheckPermitToTell(Write<Consent> write)
    {
        var consent = write.Proposed;
        var (person, personFaults) = await KnownPersons.Named(
            write.Session, write.Access, consent.Patient, "Consent.patient");
        if (consent.Provision is { } provision)
            foreach (var actor in provision.Actor) await NameByIdentifier(actor, write);
        List<FhirIssue> faults =
        [
            .. personFaults, .. HeadFaults(consent, write.Session.Now), .. ProvisionFaults(consent.Provision),
            .. write.Current is null ? [] : UpdateFaults(consent, write.Current),
        ];
        if (faults.Count > 0) return Refusal.BadRequest(faults);
        return person is not null ? null : new Refusal(422, "SEND_NOT_FOUND", [Refusal.Issue(
            IssueType.BusinessRule, "Consent.patient",
            "The person is not known here: a coaching-request makes them known.")]);
    }

    private static IEnumerable<FhirIssue> HeadFaults(Consent consent, DateTimeOffset now)
    {
        if (!consent.Category.Exists(category => category.Has(Systems.Loinc, Category))
            || DisclosurePreference.Is(consent))
            yield return Code("Consent.category", $"One category is {Category} of {Systems.Loinc}.");
        if (DateInterval.Of(consent.DateTimeElement) is not { } given)
            yield return Required("Consent.dateTime", "When the person gave the consent.");
        else if (given.Start > now)
            yield return Refusal.Issue(IssueType.Value, "Consent.dateTime", "A consent is not given in the future.");
        foreach (var fault in KeepingFaults(consent)) yield return fault;
    }

    /// <summary>What every consent has, whatever it is about.</summary>
    internal static IEnumerable<FhirIssue> KeepingFaults(Consent consent)
    {
        if (consent.Scope?.Has(ScopeSystem, Scope) != true)
            yield return Code("Consent.scope", $"The scope is {Scope} of {ScopeSystem}.");
        if (consent.Organization.Count == 0)
            yield return Required("Consent.organization", "The organization that keeps the consent.");
        if (!consent.Policy.Exists(policy => policy.Uri is { Length: > 0 }))
            yield return Required("Consent.policy.uri", "The policy that the person agreed to.");
    }

    private static IEnumerable<FhirIssue> ProvisionFaults(Consent.ProvisionComponent? provision)
    {
        const string Path = "Consent.provision";
        if (provision is null)
        {
            yield return Required(Path, "What is permitted or denied.");
            yield break;
        }

        if (provision.Type is null) yield return Required(Path + ".type", "The type is permit or deny.");
        if (provision.Actor.Count == 0 && provision.Type != ConsentProvisionType.Deny)
            yield return Required(Path + ".actor", "The unit that may be told; a consent never speaks of all units.");
        for (var i = 0; i < provision.Actor.Count; i++)
        {
            var (actor, path) = (provision.Actor[i], $"{Path}.actor[{i}]");
            if (actor.Role?.Has(RoleSystem, Recipient) != true)
                yield return Code(path + ".role", $"The role is {Recipient} of {RoleSystem}.");
            if (actor.Reference?.Identifier is not { System: Systems.Organisation, Value.Length: > 0 })
                yield return Required(path + ".reference.identifier",
                    $"The unit is named by an identifier of {Systems.Organisation}.");
        }

        if (DateInterval.Of(provision.Period) is { } period && period.Start > period.End)
            yield return Refusal.Issue(IssueType.Value, Path + ".period", "The period ends before it starts.");
        foreach (var element in NotHonoured(provision))
            yield return Refusal.Issue(IssueType.NotSupported, $"{Path}.{element}",
                "This service cannot honour this condition, and so does not take the consent: leave it out.");
    }

    private static IEnumerable<string> NotHonoured(Consent.ProvisionComponent provision)
    {
        if (provision.Action.Count > 0) yield return "action";
        if (provision.SecurityLabel.Count > 0) yield return "securityLabel";
        if (provision.Purpose.Count > 0) yield return "purpose";
        if (provision.Class.Count > 0) yield return "class";
        if (provision.Code.Count > 0) yield return "code";
        if (provision.DataPeriod is not null) yield return "dataPeriod";
        if (provision.Data.Count > 0) yield return "data";
        if (provision.Provision.Count > 0) yield return "provision";
    }

    private static IEnumerable<FhirIssue> UpdateFaults(Consent proposed, Consent current)
    {
        if (proposed.Patient?.Reference != current.Patient?.Reference)
            yield return Refusal.Issue(IssueType.BusinessRule, "Consent.patient", "A consent stays with its person.");
        if (current.Status is ConsentState.Inactive or ConsentState.Rejected or ConsentState.EnteredInError
            && proposed.Status == ConsentState.Active)
            yield return Refusal.Issue(IssueType.BusinessRule, "Consent.status",
                "A consent that was withdrawn is not revived: ask the person again and create a new one.");
    }

    // A unit of this base may be named by its address; the identifier is what the decision goes by.
    private static async Task NameByIdentifier(Consent.ProvisionActorComponent actor, Write<Consent> write)
    {
        if (actor.Reference is not { Identifier: null } reference) return;
        var unit = await CoachingCases.Follow<Organization>(write.Session, write.Access, reference);
        reference.Identifier = unit?.Identifier.Find(known => known.System == Systems.Organisation)?.Clone();
    }

    private static FhirIssue Required(string path, string message) => Refusal.Issue(IssueType.Required, path, message);

    private static FhirIssue Code(string path, string message) =>
        Refusal.Issue(IssueType.CodeInvalid, path, message);
}
