using System.Net;
using Fhir;
using Messages;

namespace IpsCoaching.Tests.Consents;

public sealed class ConsentRuleTests
{
    [Fact]
    public async Task A_consent_is_stored_with_its_person()
    {
        await using var ips = await WithCase();
        var stored = await RunningIps.Read<Consent>(await ips.Post("Consent", Given.Consent()), HttpStatusCode.Created);
        Assert.Equal($"Patient/{(await ips.All<Patient>()).Single().Id}", stored.Patient!.Reference);
    }

    [Fact]
    public async Task A_unit_of_this_base_may_be_named_by_its_address()
    {
        await using var ips = await WithCase();
        var consent = Given.Consent();
        consent.Provision!.Actor.Single().Reference = new ResourceReference("Organization/ips-unit-pirkanmaa");
        var stored = await RunningIps.Read<Consent>(await ips.Post("Consent", consent), HttpStatusCode.Created);
        Assert.Equal("ips-unit-pirkanmaa", stored.Provision!.Actor.Single().Reference!.Identifier!.Value);
    }

    [Fact]
    public async Task Every_fault_of_a_consent_is_listed_with_its_place()
    {
        await using var ips = await WithCase();
        var consent = Given.Consent();
        consent.Patient = null;
        consent.Scope = new CodeableConcept("http://terminology.hl7.org/CodeSystem/consentscope", "research");
        consent.Category = [new CodeableConcept(Systems.Loinc, "64292-6")];
        consent.DateTime = "2026-11-24";
        consent.Organization.Clear();
        consent.Policy.Clear();
        consent.PolicyRule = new CodeableConcept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTIN");
        var provision = consent.Provision!;
        provision.Type = null;
        provision.Period = new Period(new FhirDateTime("2026-12-01"), new FhirDateTime("2026-11-01"));
        provision.Actor.Single().Role = new CodeableConcept("urn:roles", "IRCP");
        provision.Actor.Single().Reference = new ResourceReference("Organization/unknown");
        provision.Purpose.Add(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActReason", "HRESCH"));
        provision.Provision.Add(new Consent.ProvisionComponent { Type = ConsentProvisionType.Deny });
        var faults = await RunningIps.Faults(await ips.Post("Consent", consent), HttpStatusCode.BadRequest);
        Assert.Equal(
            [
                "Consent.category", "Consent.dateTime", "Consent.organization", "Consent.patient", "Consent.policy.uri",
                "Consent.provision.actor[0].reference.identifier", "Consent.provision.actor[0].role",
                "Consent.provision.period", "Consent.provision.period", "Consent.provision.provision",
                "Consent.provision.purpose", "Consent.provision.type", "Consent.scope",
            ], faults);
        Assert.Empty(await ips.All<Consent>());
    }

    [Fact]
    public async Task A_permit_names_a_unit_and_says_something()
    {
        await using var ips = await WithCase();
        var consent = Given.Consent();
        consent.Provision!.Actor.Clear();
        Assert.Equal(
            ["Consent.provision.actor"],
            await RunningIps.Faults(await ips.Post("Consent", consent), HttpStatusCode.BadRequest));
        consent.Provision = null;
        Assert.Equal(
            ["Consent.provision"],
            await RunningIps.Faults(await ips.Post("Consent", consent), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_person_who_is_not_known_here_is_refused_with_the_remedy()
    {
        await using var ips = await RunningIps.Start();
        Assert.Equal(
            ["Consent.patient"],
            await RunningIps.Faults(await ips.Post("Consent", Given.Consent()), HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task A_withdrawn_consent_is_not_revived_and_stays_with_its_person()
    {
        await using var ips = await WithCase();
        var stored = await RunningIps.Read<Consent>(await ips.Post("Consent", Given.Consent()), HttpStatusCode.Created);
        stored.Status = ConsentState.Inactive;
        stored = await RunningIps.Read<Consent>(await ips.Put(stored), HttpStatusCode.OK);
        stored.Status = ConsentState.Active;
        var other = new Patient { Id = "other" };
        other.Identifier.Add(new Identifier(Systems.IdentityCode, "010594Y9032"));
        await ips.Store(other);
        stored.Patient = new ResourceReference("Patient/other");
        Assert.Equal(
            ["Consent.patient", "Consent.status"],
            await RunningIps.Faults(await ips.Put(stored), HttpStatusCode.BadRequest));
    }

    private static async Task<RunningIps> WithCase()
    {
        var ips = await RunningIps.Start();
        await RunningIps.Read<Bundle>(await ips.Send(Given.CoachingRequest()), HttpStatusCode.OK);
        return ips;
    }
}
