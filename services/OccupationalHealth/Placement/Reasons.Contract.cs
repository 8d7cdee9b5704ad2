namespace OccupationalHealth.Placement;

// What the contract answers, and what occupational health does under it.
public static partial class Reasons
{
    public static readonly Reason ContractInForce = For("contract-in-force",
        "Työterveyshuoltosopimus on voimassa hoidon alkaessa.",
        "Företagshälsovårdsavtalet gäller när vården börjar.",
        "The occupational-health contract is in force when care begins.");

    public static readonly Reason ContractNotYetInForce = Against("contract-not-yet-in-force",
        "Työterveyshuoltosopimus alkaa vasta {date}.",
        "Företagshälsovårdsavtalet börjar gälla först {date}.",
        "The occupational-health contract begins only on {date}.");

    public static readonly Reason ContractEnded = Against("contract-ended",
        "Työterveyshuoltosopimus on päättynyt {date}. Työnantajan on järjestettävä työterveyshuolto.",
        "Företagshälsovårdsavtalet upphörde {date}. Arbetsgivaren ska ordna företagshälsovård.",
        "The occupational-health contract ended on {date}. The employer has a duty to arrange occupational health.");

    public static readonly Reason ContractEndsLater = Against("contract-ends-later",
        "Sopimus päättyy {date}. Hoito ei katkea: siirrosta sovitaan, jos hoito jatkuu sen yli.",
        "Avtalet upphör {date}. Vården avbryts inte: överföring avtalas om vården fortsätter efter det.",
        "The contract ends on {date}. Care does not end: a transfer is agreed if care goes on beyond it.");

    public static readonly Reason NoContract = Against("no-contract",
        "Voimassa olevaa työterveyshuoltosopimusta ei löydy. Työnantajan on järjestettävä työterveyshuolto.",
        "Inget gällande företagshälsovårdsavtal hittas. Arbetsgivaren ska ordna företagshälsovård.",
        "No occupational-health contract is found. The employer has a duty to arrange occupational health.");

    public static readonly Reason NoCurrentEmployer = Against("no-current-employer",
        "Henkilöllä ei ole voimassa olevaa työsuhdetta.",
        "Personen har ingen gällande anställning.",
        "The person has no current employer.");

    public static readonly Reason MedicalCareIncluded = For("medical-care-included",
        "Sopimus sisältää työterveyspainotteisen sairaanhoidon.",
        "Avtalet omfattar sjukvård med företagshälsovårdsinriktning.",
        "The contract includes medical care.");

    public static readonly Reason PreventiveOnly = Against("preventive-only",
        "Sopimus sisältää vain ehkäisevän työterveyshuollon.",
        "Avtalet omfattar endast förebyggande företagshälsovård.",
        "The contract covers preventive occupational health only.");

    public static readonly Reason WorkplaceSurveyInForce = For("workplace-survey-in-force",
        "Työpaikkaselvitys on voimassa.",
        "Arbetsplatsutredningen är i kraft.",
        "The workplace survey is in force.");

    public static readonly Reason WorkplaceSurveyNotInForce = Against("workplace-survey-not-in-force",
        "Työpaikkaselvitys ei ole voimassa hoidon alkaessa.",
        "Arbetsplatsutredningen är inte i kraft när vården börjar.",
        "The workplace survey is not in force when care begins.");

    public static readonly Reason ActionPlanInForce = For("action-plan-in-force",
        "Työterveyshuollon toimintasuunnitelma on voimassa.",
        "Verksamhetsplanen för företagshälsovården är i kraft.",
        "The action plan of occupational health is in force.");

    public static readonly Reason ActionPlanNotInForce = Against("action-plan-not-in-force",
        "Työterveyshuollon toimintasuunnitelma ei ole voimassa hoidon alkaessa.",
        "Verksamhetsplanen för företagshälsovården är inte i kraft när vården börjar.",
        "The action plan of occupational health is not in force when care begins.");

    public static readonly Reason MethodCovered = For("method-covered",
        "Sopimus kattaa menetelmän.",
        "Avtalet omfattar metoden.",
        "The contract covers the method.");

    public static readonly Reason MethodNotCovered = Against("method-not-covered",
        "Sopimus ei kata menetelmää.",
        "Avtalet omfattar inte metoden.",
        "The contract does not cover the method.");

    public static readonly Reason QuotaLeft = For("quota-left",
        "Menetelmän käyntejä on jäljellä {n}.",
        "{n} besök med metoden återstår.",
        "{n} visits of the method are left.");

    public static readonly Reason QuotaUsed = Against("quota-used",
        "Sopimuksen mukaiset {n} käyntiä on käytetty.",
        "De {n} besök som avtalet medger har använts.",
        "The {n} visits that the contract allows are used.");

    public static readonly Reason ReferrerAgreed = For("referrer-agreed",
        "Sopimuksen mukaan lähettäjä voi lähettää tähän menetelmään.",
        "Enligt avtalet kan remittenten remittera till metoden.",
        "By the contract the referrer may refer to the method.");

    public static readonly Reason ReferrerNotAgreed = Against("referrer-not-agreed",
        "Sopimuksen mukaan lähettäjä ei voi lähettää tähän menetelmään. Sopimuksessa nimetty ammattilainen tai "
        + "organisaatio voi tehdä lähetteen; hoito ei esty.",
        "Enligt avtalet kan remittenten inte remittera till metoden. Den yrkesutbildade person eller organisation som "
        + "avtalet nämner kan skriva remissen; vården hindras inte.",
        "By the contract the referrer may not refer to the method. A professional or organisation that the contract "
        + "names can make the referral; care is not denied.");

    public static readonly Reason GuidanceInEveryContract = For("guidance-in-every-contract",
        "Ehkäisy, varhainen tuki ja ohjaus omahoitoon kuuluvat jokaiseen työterveyshuoltosopimukseen.",
        "Förebyggande, tidigt stöd och handledning i egenvård ingår i varje företagshälsovårdsavtal.",
        "Prevention, early support and guidance to self-care belong to every occupational-health contract.");

    public static readonly Reason TreatsWithPsychiatrist = For("treats-with-psychiatrist",
        "Työterveyshuolto voi hoitaa pitkittynyttä häiriötä psykiatrin konsultaation tuella.",
        "Företagshälsovården kan behandla en långvarig störning med stöd av psykiaterkonsultation.",
        "Occupational health can treat a prolonged disorder with psychiatric consultation.");

    public static readonly Reason EarlierCareFailed = Against("earlier-care-failed",
        "Aiempi hoito ei ole auttanut.",
        "Tidigare vård har inte hjälpt.",
        "Earlier care has not helped.");

    public static readonly Reason WorkRelatedVisitsAreStatutory = For("work-related-visits-are-statutory",
        "Työperäisyyden arviointi kuuluu jokaiseen sopimukseen, myös ehkäisevään.",
        "Bedömning av sambandet med arbetet ingår i varje avtal, även i ett förebyggande.",
        "Assessing the relation to work belongs to every contract, also a preventive one.");

    public static readonly Reason InternetTherapyUnderEveryContract = For("internet-therapy-under-every-contract",
        "Työterveyslääkäri voi lähettää nettiterapiaan sopimuksen laajuudesta riippumatta.",
        "Företagsläkaren kan remittera till nätterapi oavsett avtalets omfattning.",
        "The occupational-health physician may refer to internet therapy, whatever the scope of the contract.");

    public static readonly Reason FollowUpByOccupationalHealth = For("follow-up-by-occupational-health",
        "Työkyvyn tuki ja seuranta säilyvät työterveyshuollossa hoitopaikasta riippumatta.",
        "Stödet för och uppföljningen av arbetsförmågan stannar i företagshälsovården oavsett vårdplats.",
        "Support and follow-up of the ability to work stay in occupational health wherever care is given.");

    public static readonly Reason FollowUpWithoutEmployer = For("follow-up-without-employer",
        "Ilman työnantajaa hoitava yksikkö seuraa työkykyä; ohjaus työllisyysalueelle ja Kelaan.",
        "Utan arbetsgivare följer den behandlande enheten upp arbetsförmågan; hänvisning till "
        + "sysselsättningsområdet och FPA.",
        "Without an employer the treating unit follows up the ability to work and points to the employment area "
        + "and Kela.");

    public static readonly Reason FollowUpWithoutContract = For("follow-up-without-contract",
        "Ilman voimassa olevaa sopimusta hoitava yksikkö seuraa työkykyä; työnantajan on järjestettävä "
        + "työterveyshuolto.",
        "Utan gällande avtal följer den behandlande enheten upp arbetsförmågan; arbetsgivaren ska ordna "
        + "företagshälsovård.",
        "Without a contract in force the treating unit follows up the ability to work; the employer has a duty to "
        + "arrange occupational health.");
}
