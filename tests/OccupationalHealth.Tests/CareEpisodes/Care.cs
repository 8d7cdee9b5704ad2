using Fhir;
using Messages;

namespace OccupationalHealth.Tests.CareEpisodes;

/// <summary>Episodes and visits as a provider's system sends them.</summary>
internal static class Care
{
    public const string Unit = "Organization/oh-provider-a";

    /// <summary>A person who is 32 years old in 2026 and lives in Hämeenlinna (109), in Kanta-Häme (07).</summary>
    public static Patient Person(string born = "1994-05-01")
    {
        var person = new Patient { Id = Guid.CreateVersion7().ToString(), BirthDate = born };
        person.SetExtension(
            "https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/municipality-code",
            new Coding(Systems.Municipality, "109"));
        return person;
    }

    public static EpisodeOfCare Episode(
        Patient person, string method, string start, string? end = null)
    {
        return new EpisodeOfCare
        {
            Status = end is null ? EpisodeOfCareStatus.Active : EpisodeOfCareStatus.Finished,
            Type = [new CodeableConcept(Systems.Method, method)],
            Patient = new ResourceReference($"Patient/{person.Id}"),
            ManagingOrganization = new ResourceReference(Unit),
            Period = new Period(new FhirDateTime(start), end is null ? null : new FhirDateTime(end)),
        };
    }

    public static Procedure Visit(EpisodeOfCare episode, string day)
    {
        var visit = new Procedure
        {
            Status = EventStatus.Completed,
            Code = episode.Type[0].Clone(),
            Subject = episode.Patient!.Clone(),
            Performed = new FhirDateTime(day),
        };
        visit.SetExtension(
            "http://hl7.org/fhir/StructureDefinition/workflow-episodeOfCare",
            new ResourceReference($"EpisodeOfCare/{episode.Id}"));
        return visit;
    }

    public static EpisodeOfCare Ended(this EpisodeOfCare episode, string? followed, string? interrupted = null)
    {
        if (followed is not null) Set(episode, "what-followed", "what-followed", followed);
        if (interrupted is not null) Set(episode, "interruption", "interruption-reason", interrupted);
        return episode;
    }

    public static EpisodeOfCare Measured(this EpisodeOfCare episode, string? start, string? end)
    {
        foreach (var (name, id) in new[] { ("start-measure", start), ("end-measure", end) })
            if (id is not null)
                episode.SetExtension(Canonicals.StructureDefinition(name), new ResourceReference($"Observation/{id}"));
        return episode;
    }

    public static Observation Total(Patient person, int value, string day) => new()
    {
        Id = Guid.CreateVersion7().ToString(),
        Status = ObservationStatus.Final,
        Code = new CodeableConcept(Systems.Loinc, "44261-6"),
        Subject = new ResourceReference($"Patient/{person.Id}"),
        Effective = new FhirDateTime(day),
        Value = new Quantity(value, "{score}"),
    };

    public static IReadOnlyList<string?> Warnings(DomainResource resource) =>
        [.. resource.Extension.Where(e => e.Url == Canonicals.StructureDefinition("recording-warning"))
            .Select(e => ((CodeableConcept)e.Value!).Coding[0].Code)];

    private static void Set(EpisodeOfCare episode, string extension, string system, string code) =>
        episode.SetExtension(Canonicals.StructureDefinition(extension),
            new CodeableConcept(Canonicals.CodeSystem(system), code));
}
