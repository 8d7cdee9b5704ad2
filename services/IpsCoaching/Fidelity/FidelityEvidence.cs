using IpsCoaching.Cases;

namespace IpsCoaching.Fidelity;

/// <summary>What is counted for the items, with its names. The codes are ours.</summary>
public static class FidelityEvidence
{
    private static readonly TranslatedName[] All =
    [
        new("coaches", "valmentajia", "coacher", "coaches"),
        new("clients", "asiakkaita", "klienter", "clients"),
        new("coaching-minutes", "minuuttia valmennusta", "minuter coachning", "minutes of employment service"),
        new("all-minutes", "minuuttia yhteensä", "minuter sammanlagt", "minutes in all"),
        new("one-coach", "saman valmentajan tapauksia", "fall med en och samma coach", "cases with one coach"),
        new("cases", "tapauksia", "fall", "cases"),
        new("from-two-teams", "kahdesta suurimmasta tiimistä", "från de två största teamen", "from the two largest teams"),
        new("weeks", "kokonaisia viikkoja", "hela veckor", "whole weeks"),
        new("team-meeting-weeks", "viikkoa, joilla tiimikokous", "veckor med teammöte", "weeks with a team meeting"),
        new("months", "kokonaisia kuukausia", "hela månader", "whole months"),
        new("employment-services-months", "kuukautta, joina tavattu työllisyyspalveluja tai Kelaa",
            "månader med möte med sysselsättningsservicen eller FPA", "months with employment services or Kela met"),
        new("supervision-weeks", "viikkoa, joilla ryhmätyönohjaus", "veckor med grupphandledning",
            "weeks with group supervision"),
        new("refused", "torjuttuja pyyntöjä", "avvisade", "refused"),
        new("counselled", "neuvottu ennen työn alkua", "rådgivna före arbetets början", "counselled before the start"),
        new("talked-once", "puhuttu ainakin kerran", "samtal minst en gång", "talked over at least once"),
        new("talked-repeatedly", "puhuttu toistuvasti", "samtal upprepade gånger", "talked over repeatedly"),
        new("jobs-ended", "päättyneitä töitä", "avslutade arbeten", "jobs that ended"),
        new("profiles-updated", "joiden jälkeen profiili päivitetty", "efter vilka profilen uppdaterats",
            "after which the profile was updated"),
        new("with-employer-contact", "työnantajakontakti otettu", "med arbetsgivarkontakt", "with employer contact"),
        new("without-employer-contact", "ei vielä työnantajakontaktia", "utan arbetsgivarkontakt",
            "without employer contact"),
        new("jobs-with-wish", "töitä, joita ennen toive kirjattu", "arbeten med uttalat önskemål",
            "jobs after a recorded wish"),
        new("jobs-as-wished", "toiveen mukaisia", "enligt önskemålet", "as wished"),
        new("meetings", "tapaamisia", "möten", "meetings"),
        new("days", "päiviä", "dagar", "days"),
        new("employers-met", "tavattuja työnantajia", "arbetsgivare som träffats", "employers met"),
        new("employers-met-often", "joita tavattu usein", "som träffats ofta", "of them met often"),
        new("jobs", "töitä", "arbeten", "jobs"),
        new("occupations", "ammatteja", "yrken", "occupations"),
        new("employers", "työnantajia", "arbetsgivare", "employers"),
        new("competitive", "avoimilta työmarkkinoilta", "på öppna arbetsmarknaden", "competitive"),
        new("not-fixed-term", "ei päättynyt määräaikaan", "inte slut med tidsbunden tid", "not ended as fixed-term"),
        new("working", "työssä olleita asiakkaita", "klienter i arbete", "clients in work"),
        new("working-met", "tavattu työn aikana", "träffade under arbetet", "met while in work"),
        new("employer-met", "työnantaja tavattu työn aikana", "arbetsgivaren träffad under arbetet",
            "employer met while in work"),
        new("contacts-made", "toteutuneita yhteydenottoja", "gjorda kontakter", "contacts made"),
        new("contacts-missed", "väliin jääneitä yhteydenottoja", "uteblivna kontakter", "contacts missed"),
        new("community-minutes", "minuuttia toimiston ulkopuolella", "minuter utanför kontoret", "minutes outside"),
        new("office-minutes", "minuuttia toimistolla", "minuter på kontoret", "minutes at the office"),
        new("attempts", "tavoitteluyrityksiä", "kontaktförsök", "attempts to reach clients"),
    ];

    private static readonly Dictionary<string, TranslatedName> ByCode = All.ToDictionary(one => one.Code);

    public static TranslatedName Of(string code) => ByCode[code];

    /// <summary>How many were refused for one of the reasons.</summary>
    public static TranslatedName Refused(string reason, IReadOnlyList<TranslatedName> reasons) =>
        (reasons.FirstOrDefault(one => one.Code == reason) ?? new TranslatedName(reason, reason, reason, reason)) with
        {
            Code = "refused-" + reason,
        };
}
