using Fhir;
using Messages;

namespace IpsCoaching.Tests.EmploymentStatus;

/// <summary>Consents of every kind that matters, on 23 November 2026.</summary>
internal static class ConsentKinds
{
    public static IReadOnlyList<Consent> Of(string kind) => kind switch
    {
        "none" or "another person's" => [],
        "names provider A" or "revoked by update" => [Permit("oh-provider-a")],
        "names provider B" => [Permit("oh-provider-b")],
        "names both" => [Permit("oh-provider-a", "oh-provider-b")],
        "names the psychiatric unit" => [Permit("psychiatric-unit-pirkanmaa")],
        "not begun" => [InPeriod("2026-11-24", "2027-11-23")],
        "expired" => [InPeriod("2026-01-01", "2026-11-22")],
        "last day" => [InPeriod("2026-01-01", "2026-11-23")],
        "without an end" => [InPeriod("2026-01-01", null)],
        "inactive" => [WithStatus(ConsentState.Inactive)],
        "rejected" => [WithStatus(ConsentState.Rejected)],
        "draft" => [WithStatus(ConsentState.Draft)],
        "proposed" => [WithStatus(ConsentState.Proposed)],
        "entered in error" => [WithStatus(ConsentState.EnteredInError)],
        "deny" => [Deny("oh-provider-a")],
        "permit and deny of A" => [Deny("oh-provider-a"), Permit("oh-provider-a")],
        "permit of A, deny of B" => [Permit("oh-provider-a"), Deny("oh-provider-b")],
        "permit of A, deny of all" => [Permit("oh-provider-a"), Deny()],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No consent of that kind."),
    };

    public static Consent OfAnotherPerson()
    {
        var consent = Permit("oh-provider-a");
        consent.Id = "other";
        consent.Patient = new ResourceReference("Patient/somebody-else");
        return consent;
    }

    public static Consent Permit(params IEnumerable<string> units)
    {
        var consent = Given.Consent();
        var actor = consent.Provision!.Actor.Single();
        consent.Provision.Actor = [.. units.Select(unit =>
        {
            var one = actor.Clone();
            one.Reference = new ResourceReference
            {
                Type = "Organization", Identifier = new Identifier(Systems.Organisation, unit),
            };
            return one;
        })];
        return consent;
    }

    private static Consent Deny(params IEnumerable<string> units)
    {
        var consent = Permit(units);
        consent.Provision!.Type = ConsentProvisionType.Deny;
        return consent;
    }

    private static Consent InPeriod(string start, string? end)
    {
        var consent = Permit("oh-provider-a");
        consent.Provision!.Period = new Period(
            new FhirDateTime(start), end is null ? null : new FhirDateTime(end));
        return consent;
    }

    private static Consent WithStatus(ConsentState status)
    {
        var consent = Permit("oh-provider-a");
        consent.Status = status;
        return consent;
    }
}
