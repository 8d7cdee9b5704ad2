using Fhir;
using Messages;
using Messages.Catalogue;
using OccupationalHealth.Placement;
using ServiceKit.Rest;

namespace OccupationalHealth.Catalogue;

/// <summary>
/// Reads a unit of a catalogue from its HealthcareService, or every fault that prevents it; neither for a service that
/// treats nobody.
/// </summary>
internal static class UnitReading
{
    public static (OfferedUnit? Unit, IReadOnlyList<FhirIssue> Faults) Read(HealthcareService service)
    {
        List<FhirIssue> faults = [.. CatalogueUnits.Faults(service, "HealthcareService")];
        var provider = service.ProvidedBy?.TryGetLocal(out var type, out var id) == true && type == "Organization"
            ? id
            : null;
        if (provider is null)
            faults.Add(Refusal.Issue(IssueType.Required, "HealthcareService.providedBy",
                "It names whose unit it is: the Organization of a region or of an occupational-health provider."));
        if (faults.Count > 0 || IsNoCare(service))
            return (null, faults);

        var capacity = service.GetExtension(CatalogueUnits.CapacityExtension);
        var ages = service.GetExtension(CatalogueUnits.AgesExtension)?.Value as Fhir.Range;
        return (new OfferedUnit(service.Id!, Place(service))
        {
            Provider = provider,
            Methods = [.. service.Type.SelectMany(t => t.Coding).Where(c => c.System == Systems.Method)
                .Select(c => c.Code).OfType<string>()],
            MinAge = (int?)ages?.Low?.Value,
            MaxAge = (int?)ages?.High?.Value,
            Municipalities = [.. service.Extension.Where(e => e.Url == CatalogueUnits.ServedMunicipalityExtension)
                .Select(Municipality)],
            Capacity = capacity is null
                ? Capacity.Available
                : Codes.Parse<Capacity>(((Code)CatalogueUnits.Part(capacity, "status")!).Value)!.Value,
            WaitingDays = (capacity is null ? null : CatalogueUnits.Part(capacity, "days") as Integer)?.Value ?? 0,
            LearntOn = CatalogueUnits.AsOf(service) is { } asOf ? FinnishTime.DateOf(asOf) : null,
        }, []);
    }

    // Stands in a catalogue and treats nobody, such as a navigator. A specialised unit is known by its field instead.
    private static bool IsNoCare(HealthcareService service) =>
        Place(service) is CarePlace.RegionPrimaryCare or CarePlace.OccupationalHealth
        && service.Type.Count > 0
        && !service.Type.Exists(type => type.Coding.Exists(coding => coding.System == Systems.Method));

    private static CarePlace Place(HealthcareService service) => Codes.Parse<CarePlace>(
        service.Category.SelectMany(category => category.Coding)
            .Single(coding => coding.System == CatalogueUnits.CarePlace).Code)!.Value;

    private static ServedMunicipality Municipality(Extension extension)
    {
        var days = CatalogueUnits.Part(extension, "period") as Period;
        return new(((Coding)CatalogueUnits.Part(extension, "municipality")!).Code!, new(
            FinnishTime.DateOf(days?.StartElement) ?? DateOnly.MinValue, FinnishTime.LastDateOf(days?.EndElement)));
    }
}
