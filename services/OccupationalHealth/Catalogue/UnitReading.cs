using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Rest;

namespace OccupationalHealth.Catalogue;

/// <summary>Reads a unit of a catalogue from its HealthcareService, or every fault that prevents it.</summary>
internal static class UnitReading
{
    public static (OfferedUnit? Unit, IReadOnlyList<FhirIssue> Faults) Read(HealthcareService service)
    {
        List<FhirIssue> faults = [];
        var places = service.Category.SelectMany(category => category.Coding)
            .Where(coding => coding.System == Terms.CarePlace).ToList();
        var place = places is [var coding] ? Codes.Parse<CarePlace>(coding.Code) : null;
        if (place is null)
            faults.Add(Refusal.Issue(IssueType.CodeInvalid, "HealthcareService.category",
                $"A unit is one place of care, a code of {Terms.CarePlace}: {Words<CarePlace>()}."));

        var status = service.GetExtension(Terms.CapacityExtension);
        var capacity = status is null
            ? Capacity.Available
            : Codes.Parse<Capacity>((Part(status, "status") as Code)?.Value);
        if (capacity is null)
            faults.Add(Refusal.Issue(IssueType.CodeInvalid, "HealthcareService.extension",
                $"The status of {Terms.CapacityExtension} is one of {Words<Capacity>()}."));

        var ages = service.GetExtension(Terms.AgesExtension)?.Value as Fhir.Range;
        var provider = service.ProvidedBy?.TryGetLocal(out var type, out var id) == true && type == "Organization"
            ? id
            : null;
        if (provider is null)
            faults.Add(Refusal.Issue(IssueType.Required, "HealthcareService.providedBy",
                "It names whose unit it is: the Organization of a region or of an occupational-health provider."));
        return faults.Count > 0
            ? (null, faults)
            : (new OfferedUnit(service.Id!, place!.Value)
            {
                Provider = provider,
                Methods = [.. service.Type.SelectMany(t => t.Coding).Where(c => c.System == Systems.Method)
                    .Select(c => c.Code).OfType<string>()],
                MinAge = (int?)ages?.Low?.Value,
                MaxAge = (int?)ages?.High?.Value,
                Municipalities = [.. service.Extension.Where(e => e.Url == Terms.ServedMunicipalityExtension)
                    .Select(Municipality).OfType<ServedMunicipality>()],
                Capacity = capacity!.Value,
                WaitingDays = (int)((status is null ? null : Part(status, "days") as Integer)?.Value ?? 0),
            }, []);
    }

    private static ServedMunicipality? Municipality(Extension extension)
    {
        if (Part(extension, "municipality") is not Coding { Code: { } code })
            return null;
        var days = Part(extension, "period") as Period;
        return new(code, new(
            FinnishTime.DateOf(days?.StartElement) ?? DateOnly.MinValue, FinnishTime.LastDateOf(days?.EndElement)));
    }

    private static DataType? Part(Extension extension, string name) =>
        extension.Extension.Find(part => part.Url == name)?.Value;

    private static string Words<T>() where T : struct, Enum =>
        string.Join(", ", Enum.GetValues<T>().Select(value => value.Code()));
}
