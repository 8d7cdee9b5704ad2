using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// An absence as an Observation: <c>effectivePeriod</c> holds its first and last day, <c>value</c> whether it is partial,
/// <c>performer</c> who wrote the certificate and the unit that it was told to, <c>focus</c> the employer.
/// </summary>
internal static class AbsenceObservation
{
    public const string Code = "sickness-absence", Partial = "partial", Full = "full", InsuredAs = "insured-as";

    /// <summary>All that was told to one unit of one person and was not withdrawn.</summary>
    public static async Task<List<Observation>> Of(Session session, Access access, string person, string unit) =>
        [.. (await session.Resources.FindAll<Observation>(access,
            new SearchClause.Reference("subject", [new TokenValue("Patient", person)]),
            new SearchClause.Token("code", [new TokenValue(Terms.Absence, Code)]),
            new SearchClause.Reference("performer", [new TokenValue("Organization", unit)])))
            .Where(absence => absence.Status is not ObservationStatus.EnteredInError)];

    /// <summary>The employer that told it itself, and not occupational health; or null.</summary>
    public static string? ToldBy(Observation absence) => absence.Extension
        .Where(extension => extension.Url == Terms.ToldByExtension)
        .Select(extension => (extension.Value as ResourceReference)?.Reference).FirstOrDefault();

    public static bool Is(Observation observation) => observation.Code?.Has(Terms.Absence, Code) == true;

    /// <summary>Its days; null where the two are not both told.</summary>
    public static AbsenceSpell? SpellOf(Observation absence) =>
        absence.Effective is Period period && FinnishTime.DayOf(period.StartElement) is { } first
        && FinnishTime.DayOf(period.EndElement) is { } last && first <= last
            ? new AbsenceSpell(first, last, (absence.Value as CodeableConcept)?.Has(Terms.Absence, Partial) == true)
            : null;

    /// <summary>Employee where nothing is told; null for a code that is not known.</summary>
    public static Insurance? InsuranceOf(Observation absence)
    {
        var told = absence.Component.Find(component => component.Code?.Has(Terms.Absence, InsuredAs) == true);
        return told is null
            ? Insurance.Employee
            : Codes.Parse<Insurance>((told.Value as CodeableConcept)?.Coding
                .Find(coding => coding.System == Terms.Absence)?.Code);
    }
}
