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
    private static readonly Lazy<IReadOnlyList<Resource>> All = new(() =>
        [.. Profiles.All, .. MessageProfiles.All, .. Codes.Systems, .. Codes.ValueSets, .. MessageDefinitions.All]);

    private static readonly Lazy<ProfileRegistry> Known = new(() => new([.. All.Value, .. FinnishProfiles.All]));

    /// <summary>Id of the package.</summary>
    public const string PackageId = "fi.occupational-mental-health";

    /// <summary>Version of the guide.</summary>
    public const string Version = Published.Version;

    /// <summary>Every resource of the guide, made once. They are shared: nobody changes them.</summary>
    public static IReadOnlyList<Resource> Resources => All.Value;

    /// <summary>The guide and the Finnish base profiles that it builds on, to validate with.</summary>
    public static ProfileRegistry Registry => Known.Value;

    /// <summary>Canonical of a resource of the guide.</summary>
    public static string? UrlOf(Resource resource) => resource switch
    {
        StructureDefinition r => r.Url,
        ValueSet r => r.Url,
        CodeSystem r => r.Url,
        MessageDefinition r => r.Url,
        _ => null,
    };
}
