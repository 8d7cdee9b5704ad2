using Fhir;
using Fhir.Validation;

namespace Messages.Guide;

/// <summary>
/// Our implementation guide as code: the profiles of what crosses our borders, their codes, and the messages. It says
/// what the services demand, no less and no more than one resource or message can show by itself; what depends on what
/// happened before (a Task that may not move back) no profile can say.
/// </summary>
public static class GuideContent
{
    private static readonly Lazy<IReadOnlyList<Resource>> Definitions = new(() =>
    [
        .. Profiles.All, .. MessageProfiles.All, .. Extensions.All, .. Codes.Systems, .. Codes.ValueSets,
        .. MessageDefinitions.All, .. Operations.All, .. OwnSearchParameters.All,
        .. PlacementPlan.All,
    ]);

    private static readonly Lazy<ProfileRegistry> Known = new(() => new([.. Definitions.Value, .. FinnishProfiles.All]));

    private static readonly Lazy<IReadOnlyList<Resource>> All = new(() =>
        [Guides.Of(Definitions.Value, ExampleResources.All), .. Definitions.Value]);

    private static readonly Lazy<ValidationOptions> Strict = new(() =>
        ValidationOptions.ErrorsOnly with { Registry = Known.Value, Extensions = false });

    /// <summary>Id of the package.</summary>
    public const string PackageId = "fi.occupational-mental-health";

    /// <summary>Version of the guide.</summary>
    public const string Version = Published.Version;

    /// <summary>Every resource of the guide, made once. They are shared: nobody changes them.</summary>
    public static IReadOnlyList<Resource> Resources => All.Value;

    /// <summary>Examples, each of which the services take.</summary>
    public static IReadOnlyList<GuideExample> Examples => ExampleResources.All;

    /// <summary>The guide and the Finnish base profiles that it builds on, to validate with.</summary>
    public static ProfileRegistry Registry => Known.Value;

    /// <summary>
    /// What a service refuses: faults of R4, and of the profiles that a resource claims as far as they are known here. A
    /// claim of another profile is only a remark, which is not told here. Extensions are looked at by the rules of the
    /// services, which name each fault in their own words, and by <c>$validate</c>.
    /// </summary>
    public static ValidationOptions Refused => Strict.Value;

    /// <summary>Canonicals of the profiles that the guide has for resources of this kind, claimed or not.</summary>
    public static IEnumerable<string> ProfilesOf(Resource resource)
    {
        var name = resource switch
        {
            Bundle { Type: BundleType.Message, Entry: [{ Resource: MessageHeader { Response: null } header }, ..] } =>
                (header.Event as Coding)?.Code is var code && code == Events.DeliveryReport ? null : $"message-{code}",
            Contract => "employer-contract",
            HealthcareService => "catalogue-unit",
            GuidanceResponse => "placement-guidance",
            EpisodeOfCare episode when episode.Type.Exists(type => type.Has(Systems.Method, "ips")) => "coaching-case",
            Consent consent when consent.Category.Exists(c => c.Has(Systems.Loinc, "59284-0")) => "disclosure-consent",
            _ => null,
        };
        return name is null ? [] : [Canonicals.StructureDefinition(name)];
    }

    /// <summary>What a resource of the guide is called, and what it says of itself.</summary>
    public static (string? Title, string? Text) TitleOf(Resource resource) => resource switch
    {
        StructureDefinition r => (r.Title, r.Description),
        ValueSet r => (r.Title, r.Description),
        CodeSystem r => (r.Title, r.Description),
        MessageDefinition r => (r.Title, r.Description),
        OperationDefinition r => (r.Title, r.Description),
        PlanDefinition r => (r.Title, r.Description),
        ConceptMap r => (r.Title, r.Description),
        SearchParameter r => ($"{r.Base.First().GetLiteral()}?{r.Code}", r.Description),
        ImplementationGuide r => (r.Title, r.Description),
        _ => (resource.Id, null),
    };

    /// <summary>Canonical of a resource of the guide.</summary>
    public static string? UrlOf(Resource resource) => resource switch
    {
        StructureDefinition r => r.Url,
        ValueSet r => r.Url,
        CodeSystem r => r.Url,
        MessageDefinition r => r.Url,
        OperationDefinition r => r.Url,
        PlanDefinition r => r.Url,
        ConceptMap r => r.Url,
        SearchParameter r => r.Url,
        ImplementationGuide r => r.Url,
        _ => null,
    };
}
