using Fhir;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Consents;

/// <summary>
/// Whom the person's consents let us tell. Pure. By default nobody: a unit is told only while a permit that names it is
/// active and in its period, and no active denial speaks against it, however old either is.
/// </summary>
public static class DisclosurePolicy
{
    /// <summary>The units that may be told at a moment, by <see cref="Systems.Organisation"/> identifier.</summary>
    /// <param name="newestJob">
    /// Since when the person's newest job is known: the person is asked again at each new job, so that permits from
    /// before do not count. Null without a job.
    /// </param>
    public static IReadOnlyList<string> UnitsToTell(
        IEnumerable<Consent> consents, DateTimeOffset at, DateTimeOffset? newestJob)
    {
        var inForce = consents.Where(consent => IsInForce(consent, at)).ToList();
        var denials = inForce.Where(consent => consent.Provision!.Type == ConsentProvisionType.Deny).ToList();
        if (denials.Exists(denial => denial.Provision!.Actor.Count == 0)) return [];
        var denied = denials.SelectMany(Recipients);
        return [.. inForce.Where(consent => consent.Provision!.Type == ConsentProvisionType.Permit
                && !(DateInterval.Of(consent.DateTimeElement)?.End < newestJob))
            .SelectMany(Recipients).Except(denied, StringComparer.Ordinal)];
    }

    /// <summary>The units that a consent names as recipients.</summary>
    internal static IEnumerable<string> Recipients(Consent consent) => consent.Provision!.Actor
        .Where(actor => actor.Role?.Has(ConsentRule.RoleSystem, ConsentRule.Recipient) == true)
        .Select(actor => actor.Reference?.Identifier)
        .Where(identifier => identifier?.System == Systems.Organisation)
        .Select(identifier => identifier!.Value).OfType<string>();

    private static bool IsInForce(Consent consent, DateTimeOffset at) =>
        consent is { Status: ConsentState.Active, Provision: { } provision }
        && consent.Scope?.Has(ConsentRule.ScopeSystem, ConsentRule.Scope) == true
        && consent.Category.Exists(category => category.Has(Systems.Loinc, ConsentRule.Category))
        && (provision.Period is null
            || (DateInterval.Of(provision.Period) is { } period && period.Start <= at && at <= period.End));
}
