using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.EmployerContacts;

/// <summary>
/// A contact of a coach as an Encounter: whom it was with in <c>type</c> (codes of ours), where in <c>class</c>, how
/// long in <c>length</c>.
/// </summary>
internal static class CoachContact
{
    public const string Client = "client", Employer = "employer", CareTeam = "care-team", Outreach = "outreach";

    /// <summary>Source of the classes: HL7 v3 ActCode as FHIR R4 has it for Encounter.class.</summary>
    public const string ClassSystem = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    public static readonly string KindSystem = Canonicals.CodeSystem("ips-contact");

    /// <summary>Which employer it was with: a reference by business id.</summary>
    public static readonly string EmployerUrl = Canonicals.StructureDefinition("ips-employer");

    public static IReadOnlyList<TranslatedName> Kinds { get; } =
    [
        new(Client, "Asiakas", "Klient", "Client"), new(Employer, "Työnantaja", "Arbetsgivare", "Employer"),
        new(CareTeam, "Hoitotiimi", "Vårdteam", "Care team"),
        new(Outreach, "Tavoitteluyritys", "Kontaktförsök", "Attempt to reach the client"),
    ];

    /// <summary>In the community (FLD, HH at home), at the office (AMB), or not in person (VR).</summary>
    public static IReadOnlyList<string> Classes { get; } = ["FLD", "HH", "AMB", "VR"];

    public static string? KindOf(Encounter contact)
    {
        var codes = contact.Type.SelectMany(type => type.Coding).Where(coding => coding.System == KindSystem)
            .Select(coding => coding.Code).ToList();
        return codes is [{ } code] && Kinds.Any(kind => kind.Code == code) ? code : null;
    }

    /// <summary>The Finnish day of the contact; null where the time says less.</summary>
    public static DateOnly? DayOf(Encounter contact) => FinnishTime.DayOf(contact.Period?.StartElement);

    /// <summary>The valid contacts of a case.</summary>
    public static async Task<IReadOnlyList<Encounter>> Of(Session session, Access access, string episode) =>
        [.. (await session.Resources.FindByReference<Encounter>(access, "episode-of-care", "EpisodeOfCare", episode))
            .Where(contact => contact.Status is EncounterStatus.Finished)];
}
