using IpsCoaching.Cases;

namespace IpsCoaching.Fidelity;

/// <summary>
/// The 25 items of the IPS fidelity scale: numbers and short labels of our own, the wording of the scale is its
/// holder's. Source: domain.md §4.
/// </summary>
public static class FidelityItems
{
    public static IReadOnlyList<TranslatedName> All { get; } =
    [
        new("1", "Asiakkaita valmentajaa kohti", "Klienter per coach", "Clients per coach"),
        new("2", "Valmentajan työaika valmennukseen", "Coachens tid för coachning", "Time spent on employment service"),
        new("3", "Sama valmentaja alusta loppuun", "Samma coach från början till slut", "One coach through all phases"),
        new("4", "Kiinteä hoitotiimi", "Fast vårdteam", "Attached to care teams"),
        new("5", "Tiivis yhteys hoitotiimiin", "Tät kontakt med vårdteamet", "Frequent contact with care teams"),
        new("6", "Yhteistyö työllisyyspalvelujen kanssa", "Samarbete med arbetskraftsservicen",
            "Work with employment authorities"),
        new("7", "Valmentajat tiiminä", "Coacherna som team", "Coaches as one unit"),
        new("8", "Lähiesihenkilön rooli", "Den närmaste chefens roll", "Role of the supervisor"),
        new("9", "Ketään ei suljeta pois", "Ingen utesluts", "Nobody is excluded"),
        new("10", "Organisaatio tavoittelee avointa työtä", "Organisationen siktar på öppna arbetsmarknaden",
            "The agency aims at open employment"),
        new("11", "Johdon tuki", "Ledningens stöd", "Support of the management"),
        new("12", "Etuusneuvonta ennen työtä", "Förmånsrådgivning före arbetet", "Benefits counselling before work"),
        new("13", "Kertominen puheeksi", "Öppenheten tas upp", "Talking over disclosure"),
        new("14", "Profiili päivittyy työn myötä", "Profilen följer arbetet", "Profile kept up after jobs"),
        new("15", "Ripeä työnhaku", "Snabb jobbsökning", "Rapid job search"),
        new("16", "Toiveiden mukainen työnhaku", "Jobbsökning enligt önskemål", "Search by the client's wishes"),
        new("17", "Työnantajatapaamisia viikossa", "Arbetsgivarmöten per vecka", "Employer meetings a week"),
        new("18", "Suhde työnantajiin", "Relationen till arbetsgivare", "Relations with employers"),
        new("19", "Ammattien kirjo", "Variation av yrken", "Diversity of occupations"),
        new("20", "Työnantajien kirjo", "Variation av arbetsgivare", "Diversity of employers"),
        new("21", "Pysyvää avointa työtä", "Varaktigt arbete på öppna marknaden", "Lasting open employment"),
        new("22", "Yksilöllinen tuki työssä", "Individuellt stöd i arbetet", "Individual support at work"),
        new("23", "Tuki työn alettua", "Stöd efter arbetets början", "Support once work has begun"),
        new("24", "Työtä toimiston ulkopuolella", "Arbete utanför kontoret", "Time outside the office"),
        new("25", "Yhteyden pito katoaviin", "Kontakt med dem som uteblir", "Reaching those who stay away"),
    ];
}

/// <summary>Where the score of an item comes from, or why there is none.</summary>
public static class FidelityBasis
{
    public static TranslatedName Computed { get; } = new(
        "computed", "Laskettu kirjauksista", "Beräknad ur uppgifterna", "Computed from the records");

    public static TranslatedName BelowTop { get; } = new(
        "below-top", "Alle 5: arvioija pisteyttää", "Under 5: granskaren poängsätter", "Below 5: a reviewer scores");

    public static TranslatedName NoEvidence { get; } = new(
        "no-evidence", "Ei kirjauksia: arvioija pisteyttää", "Inga uppgifter: granskaren poängsätter",
        "Nothing recorded: a reviewer scores");

    public static TranslatedName Proposed { get; } = new(
        "proposed", "Ehdotus: arvioija vahvistaa", "Förslag: granskaren bekräftar", "Proposed: a reviewer confirms");

    public static TranslatedName Partly { get; } = new(
        "partly", "Kirjaukset tukevat: arvioija pisteyttää", "Uppgifter som stöd: granskaren poängsätter",
        "Evidence only: a reviewer scores");

    public static TranslatedName Reviewer { get; } = new(
        "reviewer", "Arvioija pisteyttää", "Granskaren poängsätter", "A reviewer scores");

    public static TranslatedName Entered { get; } = new(
        "entered", "Arvioijan antama", "Given av granskaren", "Entered by a reviewer");
}
