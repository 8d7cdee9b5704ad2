using OccupationalHealth.CareEpisodes;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Outcomes;

/// <summary>A count of the report.</summary>
/// <param name="Whole">The figure of which it is a part, together with its siblings: they add up to it.</param>
/// <param name="Base">The figure of which its share is told; null where none is.</param>
public sealed record Figure(string Code, string? Whole, string? Base, Wording Name);

/// <summary>Every figure of the report. Each whole is the sum of its parts, which suppression relies on.</summary>
internal static class Figures
{
    public const string Episodes = "episodes", Completed = "completed", Interrupted = "interrupted",
        LittleOrNone = "no-or-few-follow-ups", NotTold = "what-followed-not-told", Measured = "measured-twice",
        NotMeasured = "not-measured-twice", Cases = "cases-at-start", NoCases = "no-cases-at-start",
        Remission = "remission", Improved = "improved-without-remission", Responded = "response",
        ReliablyImproved = "reliable-improvement", NotImproved = "not-improved", Risen = "score-risen",
        ReliablyRisen = "reliably-worse", SlightlyRisen = "slightly-worse", NotRisen = "score-not-risen",
        Visits = "visits", Coded = "visits-with-procedure-code", NotCoded = "visits-without-procedure-code",
        MeanStart = "mean-at-start", MeanEnd = "mean-at-end";

    public static readonly IReadOnlyList<Figure> All =
    [
        new(Episodes, null, null, new("Päättyneet jaksot", "Avslutade perioder", "Episodes that ended")),
        new(Completed, Episodes, Episodes, new("Loppuun viedyt", "Fullföljda", "Completed")),
        new(Interrupted, Episodes, Episodes, new("Keskeytyneet", "Avbrutna", "Interrupted")),
        new(LittleOrNone, Episodes, Episodes, new(
            "Ei tukea tai muutama seurantakäynti", "Inget stöd eller några uppföljningsbesök",
            "No further care or a few follow-ups")),
        new(Codes.Code(WhatFollowed.NoFurtherCare), LittleOrNone, Episodes, new(
            "Ei jatkohoitoa", "Ingen fortsatt vård", "No further care")),
        new(Codes.Code(WhatFollowed.FewFollowUps), LittleOrNone, Episodes, new(
            "Muutama seurantakäynti", "Några uppföljningsbesök", "A few follow-ups")),
        new(Codes.Code(WhatFollowed.OtherServices), Episodes, Episodes, new(
            "Hoito jatkui muissa palveluissa", "Vården fortsatte i andra tjänster", "Care went on in other services")),
        new(Codes.Code(WhatFollowed.SpecialisedCare), Episodes, Episodes, new(
            "Erikoissairaanhoitoon", "Till specialiserad sjukvård", "To specialised care")),
        new(NotTold, Episodes, Episodes, new("Jatkoa ei kirjattu", "Fortsättningen inte antecknad", "Not told")),
        new(Measured, Episodes, Episodes, new(
            "Mitattu alussa ja lopussa", "Mätt i början och i slutet", "Measured at start and end")),
        new(NotMeasured, Episodes, Episodes, new(
            "Ei mitattu kahdesti", "Inte mätt två gånger", "Not measured twice")),
        new(Cases, Measured, Measured, new(
            "Alussa masentuneita", "Deprimerade i början", "Depressive at start")),
        new(NoCases, Measured, Measured, new(
            "Alussa ei masentuneita", "Inte deprimerade i början", "Not depressive at start")),
        new(Remission, Cases, Cases, new("Oireettomia lopussa", "Symtomfria i slutet", "Without symptoms at the end")),
        new(Improved, Cases, Cases, new(
            "Merkittävä hyöty, ei oireeton", "Betydande nytta, inte symtomfri",
            "Significant benefit, not symptom-free")),
        new(Responded, Improved, Cases, new(
            "Oireet vähintään puolittuneet", "Symtomen minst halverade", "Symptoms at least halved")),
        new(ReliablyImproved, Improved, Cases, new(
            "Luotettava muutos parempaan", "Tillförlitlig förbättring", "Reliable improvement")),
        new(NotImproved, Cases, Cases, new(
            "Ei merkittävää hyötyä", "Ingen betydande nytta", "No significant benefit")),
        new(Risen, Measured, Measured, new("Oirepisteet nousseet", "Symtompoängen ökade", "Score risen")),
        new(ReliablyRisen, Risen, Measured, new(
            "Luotettava muutos huonompaan", "Tillförlitlig försämring", "Reliably worse")),
        new(SlightlyRisen, Risen, Measured, new("Hieman huonompi", "Något sämre", "Slightly worse")),
        new(NotRisen, Measured, Measured, new(
            "Oirepisteet eivät nousseet", "Symtompoängen ökade inte", "Score not risen")),
        new(Visits, null, null, new("Käynnit", "Besök", "Visits")),
        new(Coded, Visits, Visits, new(
            "Käynnit, joilla toimenpidekoodi", "Besök med åtgärdskod", "Visits with a procedure code")),
        new(NotCoded, Visits, Visits, new(
            "Käynnit ilman toimenpidekoodia", "Besök utan åtgärdskod", "Visits without a procedure code")),
    ];

    public static readonly IReadOnlyList<Figure> Means =
    [
        new(MeanStart, null, Measured, new("Keskiarvo alussa", "Medelvärde i början", "Mean at start")),
        new(MeanEnd, null, Measured, new("Keskiarvo lopussa", "Medelvärde i slutet", "Mean at end")),
    ];

    /// <summary>Each whole with its parts, where the parts add up to it.</summary>
    public static readonly IReadOnlyList<(string Whole, IReadOnlyList<string> Parts)> Sums =
    [
        (Episodes, [Completed, Interrupted]),
        (Episodes,
        [
            LittleOrNone, Codes.Code(WhatFollowed.OtherServices), Codes.Code(WhatFollowed.SpecialisedCare), NotTold,
        ]),
        (LittleOrNone, [Codes.Code(WhatFollowed.NoFurtherCare), Codes.Code(WhatFollowed.FewFollowUps)]),
        (Episodes, [Measured, NotMeasured]),
        (Measured, [Cases, NoCases]),
        (Cases, [Remission, Improved, NotImproved]),
        (Improved, [Responded, ReliablyImproved]),
        (Measured, [Risen, NotRisen]),
        (Risen, [ReliablyRisen, SlightlyRisen]),
        (Visits, [Coded, NotCoded]),
    ];
}
