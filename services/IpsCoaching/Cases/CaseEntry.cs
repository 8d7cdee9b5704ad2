using Fhir;
using Messages;

namespace IpsCoaching.Cases;

/// <summary>How a person came to coaching, as the case holds it. The codes are ours.</summary>
internal static class CaseEntry
{
    public static readonly string SystemUrl = Canonicals.CodeSystem("ips-entry"),
        ExtensionUrl = Canonicals.StructureDefinition("ips-entry");

    /// <summary>
    /// True where the person had a job at risk and coaching is to keep it: those cases are reported apart. Also on the
    /// ServiceRequest of a <c>coaching-request</c>. Source: seed 003, staying in work.
    /// </summary>
    public static readonly string RetentionUrl = Canonicals.StructureDefinition("ips-work-retention");

    public static TranslatedName Request { get; } = new(
        "coaching-request", "Valmennuspyyntö", "Begäran om coachning", "Coaching request");

    public static TranslatedName Self { get; } = new(
        "self-referral", "Asiakas itse", "Klienten själv", "Self-referral");

    public static TranslatedName CareTeam { get; } = new("care-team", "Hoitotiimi", "Vårdteamet", "Care team");

    public static TranslatedName? Of(EpisodeOfCare episode) =>
        episode.GetExtension(ExtensionUrl)?.Value is Coding { Code: { } code } coding && coding.System == SystemUrl
            ? Array.Find([Request, Self, CareTeam], entry => entry.Code == code)
            : null;
}
