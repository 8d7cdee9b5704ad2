using IpsCoaching.Cases;

namespace IpsCoaching.Outcomes;

/// <summary>The names of outcomes. The codes are ours.</summary>
internal static class OutcomeNames
{
    public static readonly string System = Messages.Canonicals.CodeSystem("ips-outcome");

    public static TranslatedName Worked { get; } = new("worked", "Avoimessa työssä vuosineljänneksellä",
        "I arbete på öppna marknaden under kvartalet", "In competitive work in the quarter");

    public static TranslatedName Retention { get; } = new("retention", "Työssä pysyminen: työ uhattuna alussa",
        "Att behålla arbetet: hotat arbete vid starten", "Job retention: job at risk at entry");

    public static TranslatedName Jobs { get; } = new("jobs", "Työsuhteet", "Arbeten", "Jobs");

    public static TranslatedName Hours { get; } = new("hours-a-week", "Tunteja viikossa, mediaani",
        "Timmar per vecka, median", "Hours a week, median");

    public static TranslatedName FirstContact { get; } = new("days-to-first-contact",
        "Päiviä ensimmäiseen työnantajakontaktiin, mediaani", "Dagar till första arbetsgivarkontakten, median",
        "Days to the first employer contact, median");

    public static TranslatedName FirstJob { get; } = new("days-to-first-job",
        "Päiviä ensimmäiseen työhön, mediaani", "Dagar till första arbetet, median", "Days to the first job, median");

    public static TranslatedName Steady { get; } = new("steady",
        "Vakaasti työssä: yli puolet vuoden viikoista", "Stadigt i arbete: över hälften av årets veckor",
        "Steady workers: more than half of the weeks of a year");

    public static TranslatedName Ends { get; } = new("job-ends", "Päättyneet työt syyn mukaan",
        "Avslutade arbeten efter orsak", "Jobs that ended, by reason");

    public static TranslatedName Education { get; } = new("education", "Aloitetut opinnot", "Påbörjade studier",
        "Education begun");

    public static TranslatedName Clients { get; } = new("clients", "Asiakkaita", "Klienter", "Clients");

    public static TranslatedName AtWork { get; } = new("at-work", "Työssä", "I arbete", "In work");

    public static TranslatedName NotAtWork { get; } = new("not-at-work", "Ei työssä", "Inte i arbete", "Not in work");

    public static TranslatedName JobsOfQuarter { get; } = new("jobs-of-quarter", "Työsuhteita", "Arbeten", "Jobs");

    public static TranslatedName JobStarts { get; } = new("job-starts", "Alkaneita", "Påbörjade", "Begun");

    public static TranslatedName JobsFromBefore { get; } = new("jobs-from-before", "Aiemmin alkaneita",
        "Påbörjade tidigare", "Begun before");

    public static TranslatedName KeptJobs { get; } = new("kept", "Säilyneitä", "Behållna", "Kept");

    public static TranslatedName LostJobs { get; } = new("lost", "Päättyneitä aiemmin", "Avslutade tidigare", "Lost");

    public static TranslatedName SteadyClients { get; } = new("steady-clients", "Vakaasti työssä", "Stadigt i arbete",
        "Steady");

    public static TranslatedName OtherClients { get; } = new("other-clients", "Muut", "Övriga", "Others");

    public static TranslatedName AllEnds { get; } = new("all-ends", "Yhteensä", "Sammanlagt", "In all");

    public static TranslatedName Answers { get; } = new("answers", "Vastanneita", "Svar", "Answers");

    public static TranslatedName Kept(int weeks) => new($"kept-{weeks}", $"Työ jatkui {weeks} viikkoa",
        $"Arbetet fortsatte {weeks} veckor", $"Job kept for {weeks} weeks");

    /// <summary>The mean of the answers to a question.</summary>
    public static TranslatedName View(TranslatedName question) => new("view-" + question.Code,
        question.Finnish + " Keskiarvo (1–5)", question.Swedish + " Medeltal (1–5)", question.English + " Mean (1–5)");

    /// <summary>How the answers to a question have changed.</summary>
    public static TranslatedName Change(TranslatedName question) => new("change-" + question.Code,
        question.Finnish + " Muutos ensimmäisestä vastauksesta",
        question.Swedish + " Förändring från första svaret", question.English + " Change from the first answer");
}
