using System.Net;
using Fhir;
using Messages;

namespace IpsCoaching.Tests;

/// <summary>A client's answers about employers.</summary>
internal static class Asked
{
    /// <summary>An answer with a permit for each employer, or none at all.</summary>
    public static Consent Answer(
        EpisodeOfCare episode, string at, params IReadOnlyList<Consent.ProvisionComponent> permits)
    {
        var answer = new Consent
        {
            Status = ConsentState.Active, Patient = episode.Patient!.Clone(),
            Scope = new CodeableConcept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
            DateTimeElement = new FhirDateTime(at),
            Performer = [new ResourceReference("PractitionerRole/coach-kaisa-role")],
            Organization = [new ResourceReference("Organization/ips-unit-pirkanmaa")],
            Provision = new Consent.ProvisionComponent { Type = ConsentProvisionType.Deny, Provision = [.. permits] },
        };
        answer.Category.Add(new CodeableConcept(Canonicals.CodeSystem("ips-consent"), "disclosure-preference"));
        answer.Policy.Add(new Consent.PolicyComponent { Uri = "https://example.org/ips/disclosure" });
        return answer;
    }

    /// <summary>A permit of these topics, separated by spaces, for an employer or, without one, for any.</summary>
    public static Consent.ProvisionComponent Permit(string topics, string? employer = null, params string[] except)
    {
        var permit = new Consent.ProvisionComponent { Type = ConsentProvisionType.Permit };
        permit.Code.AddRange(topics.Split(' ').Select(topic =>
            new CodeableConcept(Canonicals.CodeSystem("ips-disclosure-topic"), topic)));
        if (employer is not null) permit.Actor.Add(Employer(employer));
        if (except.Length > 0)
            permit.Provision.Add(new Consent.ProvisionComponent
            {
                Type = ConsentProvisionType.Deny, Actor = [.. except.Select(Employer)],
            });
        return permit;
    }

    /// <summary>The client lets the coach contact any employer.</summary>
    public static async Task MayContactAll(this RunningIps ips, EpisodeOfCare episode) =>
        await RunningIps.Read<Consent>(
            await ips.Post("Consent", Answer(episode, episode.Period!.Start + "T08:00:00+02:00", Permit("contact"))),
            HttpStatusCode.Created);

    /// <summary>A contact with an employer for the client, at which these topics were told.</summary>
    public static Encounter Told(EpisodeOfCare episode, string day, string topics = "", string employer = "1234567-1")
    {
        var contact = Given.Contact(episode, day, "employer");
        contact.SetExtension(Canonicals.StructureDefinition("ips-employer"), new ResourceReference
        {
            Identifier = new Identifier("urn:oid:1.2.246.10", employer),
        });
        contact.Extension.AddRange(topics.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(topic =>
            new Extension(Canonicals.StructureDefinition("ips-told"),
                new Coding(Canonicals.CodeSystem("ips-disclosure-topic"), topic))));
        return contact;
    }

    private static Consent.ProvisionActorComponent Employer(string id) => new()
    {
        Role = new CodeableConcept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP"),
        Reference = new ResourceReference { Identifier = new Identifier("urn:oid:1.2.246.10", id) },
    };
}
