namespace OccupationalHealth.Placement;

/// <summary>
/// Every reason that a placement can give: the content of OMH/CodeSystem/placement-reason. {date} and {n} are filled in
/// by the decision. A code never changes its meaning; a new meaning gets a new code.
/// </summary>
public static partial class Reasons
{
    // Without it the fields of the three files might not yet be set when All is read.
    static Reasons()
    {
    }

    public static IReadOnlyList<Reason> All => Catalogue.Reasons;

    public static readonly Reason Emergency = For("emergency",
        "Välitön vaara: päivystykseen heti. Hätätilanteessa soita 112; Päivystysapu 116117.",
        "Omedelbar fara: till jouren genast. Ring 112 i en nödsituation; Jourhjälpen 116117.",
        "Immediate danger: emergency care now. In an emergency call 112; Medical Helpline 116117.");

    public static readonly Reason CrisisCareInEveryContract = For("crisis-care-in-every-contract",
        "Akuutissa kriisissä työterveyshuolto tapaa työntekijän samana päivänä sopimuksen laajuudesta riippumatta.",
        "Vid en akut kris träffar företagshälsovården arbetstagaren samma dag oavsett avtalets omfattning.",
        "In an acute crisis occupational health sees the worker the same day, whatever the scope of the contract.");

    public static readonly Reason CrisisServiceSameDay = For("crisis-service-same-day",
        "Alueen kriisipalvelu tapaa akuutissa kriisissä samana päivänä. Hätätilanteessa soita 112; "
        + "Päivystysapu 116117.",
        "Områdets kristjänst tar emot samma dag vid en akut kris. Ring 112 i en nödsituation; Jourhjälpen 116117.",
        "The region's crisis service meets an acute crisis the same day. In an emergency call 112; "
        + "Medical Helpline 116117.");

    public static readonly Reason AccidentInsurerPays = For("accident-insurer-pays",
        "Työhön liittyvän järkyttävän tapahtuman hoidon maksaa tapaturmavakuutus.",
        "Vården efter en chockerande händelse i arbetet betalas av olycksfallsförsäkringen.",
        "Care after a shock at work is paid by the accident insurer.");

    public static readonly Reason SafetyFlagRaisesUrgency = For("safety-flag-raises-urgency",
        "Vastaus itsetuhoisuutta koskevaan kysymykseen vaatii arvion samana päivänä; hoitopaikka ei muutu.",
        "Svaret på frågan om självskada kräver en bedömning samma dag; vårdplatsen ändras inte.",
        "The answer about self-harm asks for a review the same day; the place of care does not change.");

    public static readonly Reason SeverityAsksForSpecialisedCare = For("severity-asks-for-specialised-care",
        "Häiriön vaikeusaste edellyttää erikoissairaanhoitoa.",
        "Störningens svårighetsgrad kräver specialiserad sjukvård.",
        "The severity of the disorder asks for specialised care.");

    public static readonly Reason SeverityBelowSpecialisedCare = Against("severity-below-specialised-care",
        "Tiedossa oleva vaikeusaste ei edellytä erikoissairaanhoitoa.",
        "Den kända svårighetsgraden kräver inte specialiserad sjukvård.",
        "The severity that is known does not ask for specialised care.");

    public static readonly Reason SeverityAbovePrimaryCare = Against("severity-above-primary-care",
        "Häiriön vaikeusaste ylittää perusterveydenhuollon hoitomahdollisuudet.",
        "Störningens svårighetsgrad överskrider primärvårdens möjligheter.",
        "The severity of the disorder is beyond primary care.");

    public static readonly Reason SeverityAboveOccupationalHealth = Against("severity-above-occupational-health",
        "Häiriön vaikeusaste ylittää työterveyshuollon hoitomahdollisuudet.",
        "Störningens svårighetsgrad överskrider företagshälsovårdens möjligheter.",
        "The severity of the disorder is beyond occupational health.");

    public static readonly Reason RegionArrangesCare = For("region-arranges-care",
        "Hyvinvointialue järjestää perusterveydenhuollon kaikille, myös niille, joilla on työterveyshuolto.",
        "Välfärdsområdet ordnar primärvård för alla, även för dem som har företagshälsovård.",
        "The wellbeing services county arranges primary care for everybody, also for those who have "
        + "occupational health.");

    public static readonly Reason ChosenByWorker = For("chosen-by-worker",
        "Työntekijä on valinnut alueen palvelut.",
        "Arbetstagaren har valt områdets tjänster.",
        "The worker has chosen the region's services.");

    public static readonly Reason WorkerChoseOtherwise = Against("worker-chose-otherwise",
        "Työntekijä ei ole valinnut hoitoa työterveyshuollossa.",
        "Arbetstagaren har inte valt vård i företagshälsovården.",
        "The worker has not chosen care in occupational health.");

    public static readonly Reason ServicesForTheYoung = For("services-for-the-young",
        "Alle 18-vuotiaalle sopivat nuorisopsykiatria tai opiskeluhuolto.",
        "För personer under 18 år lämpar sig ungdomspsykiatri eller elevhälsa.",
        "For a person under 18, youth psychiatry or student welfare are the fitting units.");

    private static Reason For(string code, string fi, string sv, string en) => Add(code, true, fi, sv, en);

    private static Reason Against(string code, string fi, string sv, string en) => Add(code, false, fi, sv, en);

    private static Reason Add(string code, bool isFor, string fi, string sv, string en)
    {
        var reason = new Reason(code, isFor, new(fi, sv, en));
        Catalogue.Reasons.Add(reason);
        return reason;
    }

    // A class of its own is ready before the fields of any of the files, whatever their order.
    private static class Catalogue
    {
        public static readonly List<Reason> Reasons = [];
    }
}
