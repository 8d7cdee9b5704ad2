namespace OccupationalHealth.Placement;

// What tells the level, and what tells the method.
public static partial class Reasons
{
    public static readonly Reason LevelByClinician = For("level-by-clinician",
        "Taso on ammattilaisen arvio.",
        "Nivån är den yrkesutbildade personens bedömning.",
        "The level is the professional's judgement.");

    public static readonly Reason LevelByDisorder = For("level-by-disorder",
        "Todettu häiriö vaatii hoitoa.",
        "Den konstaterade störningen kräver vård.",
        "The disorder that was found needs treatment.");

    public static readonly Reason LevelWithoutDisorder = For("level-without-disorder",
        "Kuormitusta tai oireita ilman hoitoa vaativaa häiriötä.",
        "Belastning eller symtom utan en störning som kräver vård.",
        "Strain or symptoms without a disorder that needs treatment.");

    public static readonly Reason LevelBySeverity = For("level-by-severity",
        "Taso on päätelty vaikeusasteesta.",
        "Nivån har härletts av svårighetsgraden.",
        "The level follows from the severity.");

    public static readonly Reason LevelByScore = For("level-by-score",
        "Taso on päätelty mittarin pisteistä, koska ammattilaisen arvio puuttuu.",
        "Nivån har härletts av mätinstrumentets poäng, eftersom en yrkesutbildad persons bedömning saknas.",
        "The level follows from a score, since a professional's judgement is missing.");

    public static readonly Reason LevelProlonged = For("level-prolonged",
        "Hoitoa vaativa häiriö on pitkittynyt.",
        "Störningen som kräver vård har dragit ut på tiden.",
        "The disorder that needs treatment is prolonged.");

    public static readonly Reason LevelUnknown = Against("level-unknown",
        "Tasoa ei voi päätellä annetuista tiedoista; tarve arvioidaan ensin.",
        "Nivån kan inte härledas av de uppgifter som getts; behovet bedöms först.",
        "The level cannot be told from what was given; the need is assessed first.");

    public static readonly Reason ProlongedSymptoms = For("prolonged-symptoms",
        "Oireet tai hoito ovat kestäneet vähintään {n} kuukautta ilman riittävää vastetta.",
        "Symtomen eller vården har pågått i minst {n} månader utan tillräckligt svar.",
        "Symptoms or care have lasted {n} months or more without sufficient response.");

    public static readonly Reason ManyAllowanceDays = For("many-allowance-days",
        "Sairauspäivärahapäiviä on vähintään {n}.",
        "Sjukdagpenningsdagarna är minst {n}.",
        "There are {n} sickness-allowance days or more.");

    public static readonly Reason Recurrence = For("recurrence",
        "Häiriö on uusiutunut.",
        "Störningen har återkommit.",
        "The disorder has recurred.");

    public static readonly Reason ScoreOutranked = Against("score-outranked",
        "Pisteet viittaavat vaikeaan häiriöön, mutta ammattilaisen arvio ratkaisee.",
        "Poängen tyder på en svår störning, men den yrkesutbildade personens bedömning avgör.",
        "The score points to a severe disorder, but the professional's judgement decides.");

    public static readonly Reason MethodAskedFor = For("method-asked-for",
        "Menetelmä on pyydetty lähetteessä.",
        "Metoden har begärts i remissen.",
        "The referral asks for this method.");

    public static readonly Reason LeastIntensiveMethod = For("least-intensive-method",
        "Porrasteisessa hoidossa aloitetaan kevyimmästä sopivasta menetelmästä.",
        "Inom stegvis vård börjar man med den lättaste lämpliga metoden.",
        "Stepped care begins with the least intensive method that fits.");

    public static readonly Reason StepUpAfterPoorResponse = For("step-up-after-poor-response",
        "Aiempi hoito ei auttanut: seuraava porras.",
        "Tidigare vård hjälpte inte: nästa steg.",
        "Earlier care did not help: one step up.");

    public static readonly Reason MethodLeftToTheUnit = For("method-left-to-the-unit",
        "Hoitava yksikkö valitsee menetelmän.",
        "Den behandlande enheten väljer metoden.",
        "The treating unit chooses the method.");

    public static readonly Reason MethodNotForAge = Against("method-not-for-age",
        "Pyydetty menetelmä ei ole tarkoitettu tämänikäiselle.",
        "Den begärda metoden är inte avsedd för personens ålder.",
        "The method asked for is not meant for this age.");

    public static readonly Reason MethodNotForSeverity = Against("method-not-for-severity",
        "Pyydettyä menetelmää ei yleensä käytetä tässä vaikeusasteessa; ammattilainen ratkaisee.",
        "Den begärda metoden används vanligen inte vid denna svårighetsgrad; den yrkesutbildade personen avgör.",
        "The method asked for is not usual at this severity; the professional decides.");

    public static readonly Reason MethodForFirstEpisode = Against("method-for-first-episode",
        "Pyydetty menetelmä on tarkoitettu ensimmäiseen, mutkattomaan jaksoon; ammattilainen ratkaisee.",
        "Den begärda metoden är avsedd för en första, okomplicerad episod; den yrkesutbildade personen avgör.",
        "The method asked for is meant for a first, uncomplicated episode; the professional decides.");

    public static readonly Reason ExpertAfterAssessment = Against("expert-after-assessment",
        "Työterveyslääkäri tai -hoitaja arvioi tarpeen ennen asiantuntijan käyntejä.",
        "Företagsläkaren eller företagshälsovårdaren bedömer behovet före besök hos en sakkunnig.",
        "The occupational-health physician or nurse assesses the need before an expert's visits.");

    public static readonly Reason InterpreterNeeded = For("interpreter-needed",
        "Käynneille tarvitaan tulkki.",
        "Tolk behövs vid besöken.",
        "An interpreter is needed at the visits.");

    public static readonly Reason EmployerLearnsOfAttendanceOnly = For("employer-learns-of-attendance-only",
        "Hoitoonohjaus: työnantaja saa suostumuksella tiedon vain käynneistä, ei hoidon sisällöstä.",
        "Vårdhänvisning: arbetsgivaren får med samtycke veta endast om närvaro, inte om vårdens innehåll.",
        "Referral to treatment by the employer: by consent the employer learns of attendance only.");

    public static readonly Reason GuardiansInformed = For("guardians-informed",
        "Alaikäisen huoltajille kerrotaan.",
        "Vårdnadshavarna till en minderårig informeras.",
        "The guardians of a person under age are informed.");

    public static readonly Reason GuardiansNotInformed = For("guardians-not-informed",
        "Päätöskykyinen alaikäinen on kieltänyt kertomasta huoltajille.",
        "Den beslutsförmögna minderåriga har förbjudit att vårdnadshavarna informeras.",
        "The capable minor has forbidden telling the guardians.");
}
