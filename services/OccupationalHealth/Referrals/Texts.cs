using Fhir;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Referrals;

/// <summary>Texts in three languages as FHIR has them: Finnish, with translations beside it.</summary>
internal static class Texts
{
    private static readonly Dictionary<CarePlace, Wording> Places = new()
    {
        [CarePlace.OccupationalHealth] = new("Työterveyshuolto", "Företagshälsovården", "Occupational health"),
        [CarePlace.RegionPrimaryCare] = new(
            "Hyvinvointialueen perusterveydenhuolto", "Välfärdsområdets primärvård", "Primary care of the region"),
        [CarePlace.SpecialisedCare] = new("Erikoissairaanhoito", "Specialiserad sjukvård", "Specialised care"),
        [CarePlace.EmergencyCare] = new("Päivystys", "Jouren", "Emergency care"),
        [CarePlace.CrisisService] = new("Kriisipalvelu", "Kristjänsten", "Crisis service"),
    };

    private static readonly Dictionary<CareLevel, Wording> Levels = new()
    {
        [CareLevel.Level1] = new(
            "1 Työterveysyhteistyö työpaikalla", "1 Företagshälsovårdssamarbete på arbetsplatsen",
            "1 Co-operation at the workplace"),
        [CareLevel.Level2] = new(
            "2 Ennaltaehkäisy ja varhainen tunnistaminen", "2 Förebyggande och tidig identifiering",
            "2 Prevention and early detection"),
        [CareLevel.Level3] = new(
            "3 Hoito ja työkyvyn tuki", "3 Vård och stöd för arbetsförmågan", "3 Care and work-ability support"),
        [CareLevel.Level4] = new(
            "4 Pitkittyneiden ongelmien hoito ja työkyvyn tuki",
            "4 Vård av långvariga problem och stöd för arbetsförmågan",
            "4 Care of prolonged problems and work-ability support"),
    };

    public static readonly Wording FollowUp = new(
        "Työkyvyn tuki ja seuranta", "Stöd för och uppföljning av arbetsförmågan",
        "Work-ability support and follow-up");

    private static readonly Dictionary<TaskKind, Wording> Tasks = new()
    {
        [TaskKind.PhoneHandover] = new(
            "Ilmoitus puhelimitse vastaanottajalle. Hätätilanteessa 112; Päivystysapu 116117.",
            "Överlämning per telefon till mottagaren. I en nödsituation 112; Jourhjälpen 116117.",
            "Handover to the receiver by phone. In an emergency 112; Medical Helpline 116117."),
        [TaskKind.SafetyReview] = new(
            "Itsetuhoisuuden arvio samana päivänä", "Bedömning av självskaderisk samma dag",
            "Review of the risk of self-harm the same day"),
        [TaskKind.WorkplaceAssessment] = new(
            "Työperäisyyden ja työpaikan olosuhteiden arvio", "Bedömning av sambandet med arbetet och av arbetsplatsen",
            "Assessment of work-relatedness and of the workplace"),
        [TaskKind.SpecialistAssessment] = new(
            "Erikoislääkärin arvio", "Specialistläkares bedömning", "Assessment by a specialist"),
    };

    public static Wording WordsOf(CarePlace place) => Places[place];

    public static Wording WordsOf(CareLevel level) => Levels[level];

    public static CodeableConcept Concept(CarePlace place) =>
        new() { Coding = [Coding(Terms.CarePlace, place.Code(), Places[place])] };

    public static CodeableConcept Concept(CareLevel level) =>
        new() { Coding = [Coding(Terms.CareLevel, level.Code(), Levels[level])] };

    public static CodeableConcept Concept(Reason reason) =>
        new() { Coding = [Coding(Terms.PlacementReason, reason.Code, reason.Text)] };

    public static FhirString NameOf(CarePlace place) => Text(Places[place]);

    public static FhirString NameOf(TaskKind kind) => Text(Tasks[kind]);

    public static FhirString NameOfFollowUp() => Text(FollowUp);

    public static Coding Coding(string system, string code, Wording display) =>
        new() { System = system, Code = code, DisplayElement = Text(display) };

    public static FhirString Text(Wording wording)
    {
        var text = new FhirString(wording.Fi);
        foreach (var (language, content) in new[] { ("sv", wording.Sv), ("en", wording.En) })
        {
            var translation = new Extension { Url = Terms.Translation };
            translation.Extension.Add(new Extension("lang", new Code(language)));
            translation.Extension.Add(new Extension("content", new FhirString(content)));
            text.Extension.Add(translation);
        }

        return text;
    }
}
