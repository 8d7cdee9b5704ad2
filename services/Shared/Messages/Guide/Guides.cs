using Fhir;

namespace Messages.Guide;

/// <summary>The ImplementationGuide: what is in the package, and which of it are examples of what.</summary>
internal static class Guides
{
    public static ImplementationGuide Of(IReadOnlyList<Resource> definitions, IReadOnlyList<GuideExample> examples)
    {
        var guide = new ImplementationGuide
        {
            Id = "occupational-mental-health",
            Url = Published.Guide,
            Name = "OccupationalMentalHealth",
            Title = "Occupational Mental Health",
            Description = "What occupational-health providers, IPS coaches and wellbeing services counties exchange.",
            PackageId = GuideContent.PackageId,
            FhirVersion = [FHIRVersion.N401],
            DependsOn =
            [
                new()
                {
                    ElementId = "fi-base", PackageId = "hl7.fhir.fi.base", Version = FinnishProfiles.Version,
                    Uri = "https://hl7.fi/fhir/finnish-base-profiles/ImplementationGuide/hl7.fhir.fi.base",
                },
            ],
            Definition = new(),
        };
        Published.Mark(guide);
        guide.Definition.Resource.AddRange(definitions.Select(one =>
            new ImplementationGuide.ResourceComponent { Reference = To(one), Name = GuideContent.TitleOf(one).Title, Example = new FhirBoolean(false) }));
        guide.Definition.Resource.AddRange(examples.Select(example => new ImplementationGuide.ResourceComponent
        {
            Reference = To(example.Resource), Name = example.Name,
            Example = GuideContent.ProfilesOf(example.Resource).FirstOrDefault() is { } profile
                ? new Canonical(profile)
                : new FhirBoolean(true),
        }));
        return guide;
    }

    private static ResourceReference To(Resource resource) => new($"{resource.TypeName}/{resource.Id}");
}
