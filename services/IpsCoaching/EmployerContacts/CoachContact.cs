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
    public const string Client = "client", Employer = "employer", CareTeam = "care-team", Outreach = "outreach",
        TeamMeeting = "team-meeting", GroupSupervision = "group-supervision", OtherService = "other-service",
        EmploymentServices = "employment-services";

    /// <summary>Source of the classes: HL7 v3 ActCode as FHIR R4 has it for Encounter.class.</summary>
    public const string ClassSystem = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    public static readonly string KindSystem = Canonicals.CodeSystem("ips-contact");

    /// <summary>Which employer it was with: a reference by business id.</summary>
    public static readonly string EmployerUrl = Canonicals.StructureDefinition("ips-employer");

    /// <summary>On a team meeting: the care team (CareTeam or Organization of this base) that the coach met.</summary>
    public static readonly string MetTeamUrl = Canonicals.StructureDefinition("ips-met-team");

    /// <summary>
    /// On a contact with an employer, once for each: what was said of the client, a disclosure topic.
    /// </summary>
    public static readonly string ToldUrl = Canonicals.StructureDefinition("ips-told");

    public static IReadOnlyList<TranslatedName> Kinds { get; } =
    [
        new(Client, "Asiakas", "Klient", "Client"), new(Employer, "Työnantaja", "Arbetsgivare", "Employer"),
        new(CareTeam, "Hoitotiimi", "Vårdteam", "Care team"),
        new(Outreach, "Tavoitteluyritys", "Kontaktförsök", "Attempt to reach the client"),
        new(TeamMeeting, "Hoitotiimin kokous", "Vårdteamets möte", "Meeting of the care team"),
        new(GroupSupervision, "Ryhmätyönohjaus", "Grupphandledning", "Group supervision"),
        new(EmploymentServices, "Työllisyyspalvelut tai Kela", "Sysselsättningsservice eller FPA",
            "Employment services or Kela"),
        new(OtherService, "Muu työ kuin työhönvalmennus", "Annat arbete än arbetscoachning",
            "Work other than employment service"),
    ];

    /// <summary>
    /// Kinds that are about no client, so that they name neither person nor case: meetings with a mental-health team
    /// (IPS-25 item 5 [K]), with employment services or Kela (item 6 [K]), supervision of the coaches as a group (item 7
    /// [K]) and time for other work (item 2 [K]).
    /// </summary>
    public static IReadOnlyList<string> OfNoClient { get; } =
        [TeamMeeting, EmploymentServices, GroupSupervision, OtherService];

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
