using OccupationalHealth.Placement;

namespace OccupationalHealth.WorkAbility;

/// <summary>What is to be done at a checkpoint, as those who do it see it.</summary>
internal static class CheckpointTexts
{
    private static readonly Dictionary<string, Wording> Known = new()
    {
        ["30-days"] = new(
            "Poissaolo on kestänyt 30 päivää: työnantaja ilmoittaa työterveyshuoltoon; jatkosta sovitaan.",
            "Frånvaron har varat 30 dagar: arbetsgivaren meddelar företagshälsovården; fortsättningen avtalas.",
            "The absence has lasted 30 days: the employer tells occupational health; what follows is agreed."),
        ["60-allowance-days"] = new(
            "60 sairauspäivärahapäivää: Kela selvittää kuntoutustarpeen.",
            "60 sjukdagpenningsdagar: FPA utreder behovet av rehabilitering.",
            "60 sickness-allowance days: Kela checks the need of rehabilitation."),
        ["90-allowance-days"] = new(
            "90 sairauspäivärahapäivää: työterveyslääkärin lausunto jäljellä olevasta työkyvystä; jatkamisen "
            + "mahdollisuudet selvitetään yhdessä. Ilman lausuntoa päivärahan maksu voi keskeytyä.",
            "90 sjukdagpenningsdagar: företagsläkarens utlåtande om återstående arbetsförmåga; möjligheterna att "
            + "fortsätta utreds tillsammans. Utan utlåtande kan dagpenningen avbrytas.",
            "90 sickness-allowance days: the occupational-health physician's statement of the remaining ability to work; "
            + "employer, employee and occupational health clarify how work can go on. Without it payment may stop."),
        ["150-allowance-days"] = new(
            "150 sairauspäivärahapäivää: arvioidaan tarvittaessa kuntoutus ja työhön paluu.",
            "150 sjukdagpenningsdagar: vid behov bedöms rehabilitering och återgång till arbetet.",
            "150 sickness-allowance days: rehabilitation and return to work are reviewed where needed."),
        ["230-allowance-days"] = new(
            "230 sairauspäivärahapäivää: arvioidaan tarvittaessa kuntoutus ja työhön paluu.",
            "230 sjukdagpenningsdagar: vid behov bedöms rehabilitering och återgång till arbetet.",
            "230 sickness-allowance days: rehabilitation and return to work are reviewed where needed."),
        ["300-allowance-days"] = new(
            "Sairauspäivärahan enimmäisaika 300 päivää on täyttymässä: toimeentulo ja jatko selvitetään.",
            "Sjukdagpenningens maximitid 300 dagar håller på att fyllas: utkomsten och fortsättningen utreds.",
            "The maximum of 300 sickness-allowance days is close: income and what follows are clarified."),
        [AbsencePolicy.ContactBeforeEnd] = new(
            "Yhteydenotto työntekijään ennen sairauspoissaolon päättymistä.",
            "Kontakt med arbetstagaren innan sjukfrånvaron upphör.",
            "Contact with the worker before the sick leave ends."),
    };

    private static readonly Dictionary<Party, Wording> Parties = new()
    {
        [Party.Employer] = new("Työnantaja", "Arbetsgivaren", "Employer"),
        [Party.Employee] = new("Työntekijä", "Arbetstagaren", "Employee"),
        [Party.OccupationalHealth] = new("Työterveyshuolto", "Företagshälsovården", "Occupational health"),
        [Party.Kela] = new("Kela", "FPA", "Kela"),
    };

    public static Wording Of(string code) => Known[code];

    public static Wording Of(Party party) => Parties[party];
}
