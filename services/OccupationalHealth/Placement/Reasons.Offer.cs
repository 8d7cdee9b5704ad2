namespace OccupationalHealth.Placement;

// What the catalogue tells of units and capacity, what goes beside the care, and what a clinician decided.
public static partial class Reasons
{
    public static readonly Reason UnitInCatalogue = For("unit-in-catalogue",
        "Palvelukatalogissa on yksikkö, joka ottaa tämän henkilön.",
        "Servicekatalogen har en enhet som tar emot personen.",
        "The catalogue has a unit that takes this person.");

    public static readonly Reason NoUnitInCatalogue = Against("no-unit-in-catalogue",
        "Palvelukatalogissa ei ole yksikköä tälle iälle, kunnalle tai menetelmälle; järjestämisvastuu ei muutu.",
        "Servicekatalogen har ingen enhet för denna ålder, kommun eller metod; ansvaret ändras inte.",
        "The catalogue has no unit for this age, municipality or method; who is responsible does not change.");

    public static readonly Reason WaitsForCapacity = Against("waits-for-capacity",
        "Yksikköön on jonoa noin {n} päivää. Vastuu ja määräaika eivät muutu.",
        "Kön till enheten är ungefär {n} dagar. Ansvar och tidsfrist ändras inte.",
        "The unit has a wait of about {n} days. Responsibility and deadline do not change.");

    public static readonly Reason BridgesTheWait = For("bridges-the-wait",
        "Odotusaikana alkaa ohjattu omahoito; varsinainen hoito pysyy jonossa.",
        "Under väntetiden inleds handledd egenvård; den egentliga vården står kvar i kö.",
        "Guided self-care begins while waiting; the care itself stays queued.");

    public static readonly Reason CatalogueStale = Against("catalogue-stale",
        "Palvelukatalogin tiedot ovat päivältä {date} ja voivat olla vanhentuneita.",
        "Uppgifterna i servicekatalogen är från {date} och kan vara föråldrade.",
        "The catalogue's data are of {date} and may be out of date.");

    public static readonly Reason WaitExceedsDeadline = Against("wait-exceeds-deadline",
        "Odotettu aloitus on määräajan {date} jälkeen. Määräaika on voimassa: sovi aiemmasta alkamisesta.",
        "Den väntade starten är efter tidsfristen {date}. Tidsfristen gäller: kom överens om en tidigare start.",
        "The expected start is after the time limit of {date}. The limit holds: agree on an earlier start.");

    public static readonly Reason AlcoholBand = For("alcohol-band",
        "AUDIT-pisteet ovat vähintään {n}: apua alkoholin käyttöön hoidon rinnalle. Se ei sulje pois muuta hoitoa.",
        "AUDIT-poängen är minst {n}: hjälp med alkoholbruket vid sidan av vården. Det utesluter ingen annan vård.",
        "The AUDIT score is {n} or more: help with alcohol beside the care. It excludes from no other care.");

    public static readonly Reason WorkIsTheGoal = For("work-is-the-goal",
        "Työ on henkilön oma tavoite: IPS-työhönvalmennus mielenterveyshoidon rinnalla.",
        "Arbete är personens eget mål: IPS-arbetscoachning vid sidan av den psykiatriska vården.",
        "Work is the person's own goal: an IPS job coach beside the mental-health care.");

    public static readonly Reason PsychotherapyReady = For("psychotherapy-ready",
        "Kuntoutuspsykoterapian edellytykset täyttyvät.",
        "Villkoren för rehabiliterande psykoterapi är uppfyllda.",
        "The conditions for rehabilitative psychotherapy are met.");

    public static readonly Reason PsychotherapyAge = Against("psychotherapy-age",
        "Ikä ei ole Kelan kuntoutuspsykoterapian rajoissa tai se ei ole tiedossa.",
        "Åldern är utanför gränserna för FPA:s rehabiliterande psykoterapi eller okänd.",
        "The age is outside Kela's limits for rehabilitative psychotherapy, or not known.");

    public static readonly Reason PsychotherapyDiagnosis = Against("psychotherapy-diagnosis",
        "Diagnoosin päivämäärä puuttuu.",
        "Datum för diagnosen saknas.",
        "The date of the diagnosis is missing.");

    public static readonly Reason PsychotherapyCare = Against("psychotherapy-care",
        "Diagnoosin jälkeen on oltava vähintään {n} kuukautta asianmukaista hoitoa.",
        "Efter diagnosen krävs minst {n} månader ändamålsenlig vård.",
        "After the diagnosis {n} months or more of appropriate care are needed.");

    public static readonly Reason PsychotherapyStatement = Against("psychotherapy-statement",
        "Psykiatrin lausunto puuttuu.",
        "Psykiaterns utlåtande saknas.",
        "The psychiatrist's statement is missing.");

    public static readonly Reason PsychotherapyWorkThreatened = Against("psychotherapy-work-threatened",
        "Ei ole todettu, että työ- tai opiskelukyky on uhattuna.",
        "Det har inte konstaterats att arbets- eller studieförmågan är hotad.",
        "It has not been found that the ability to work or study is threatened.");

    public static readonly Reason PsychotherapyAlternatives = Against("psychotherapy-alternatives",
        "Muita hoitovaihtoehtoja ei ole arvioitu.",
        "Andra vårdalternativ har inte övervägts.",
        "Other options of care have not been considered.");

    public static readonly Reason OverriddenByClinician = For("overridden-by-clinician",
        "Ammattilainen on päättänyt toisin ja vastannut jokaiseen vastasyyhyn.",
        "En yrkesutbildad person har beslutat annorlunda och bemött varje invändning.",
        "A professional has decided otherwise and answered every objection.");

    public static readonly Reason NoSuchPlace = Against("no-such-place",
        "Hoitopaikka ei ole tämän ratkaisun vaihtoehtoja.",
        "Vårdplatsen hör inte till alternativen i detta beslut.",
        "The place of care is none of the alternatives of this decision.");
}
