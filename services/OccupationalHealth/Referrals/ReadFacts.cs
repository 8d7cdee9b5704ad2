using Fhir;
using Messages;
using Messages.Regions;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Referrals;

/// <summary>
/// Reads the facts of a placement from a referral, once. What the referral does not tell stays unknown.
/// </summary>
internal static class ReadFacts
{
    public static PlacementFacts From(Referral referral, DateOnly asOf, PlacementRules rules)
    {
        var facts = FactReading.Values(referral.Observations);
        var plannedStart = PlannedStart(referral);
        var start = plannedStart ?? asOf;
        return new PlacementFacts
        {
            AsOf = asOf,
            Emergency = FactReading.IsRaised(facts, "emergency"),
            AcuteCrisis = FactReading.IsRaised(facts, "acute-crisis") || ReadScores.TellOfCrisis(referral),
            SafetyFlag = ReadScores.RaiseSafetyFlag(referral),
            WorkerChoosesRegion = FactReading.IsRaised(facts, "worker-chooses-region"),
            Level = Coded<CareLevel>(facts, "care-level", Terms.CareLevel),
            Severity = WorstSeverity(referral.Conditions),
            Disorder = rules.IsDisorder(DiagnosisCodes(referral)),
            Scores = ReadScores.Of(referral, asOf, rules),
            WorkRelatedness = Coded<WorkRelatedness>(facts, "work-relatedness", Terms.WorkRelatedness)
                ?? WorkRelatedness.Unknown,
            SymptomMonths = Months(facts, "symptom-duration"),
            EarlierResponse = Coded<EarlierResponse>(facts, "earlier-response", Terms.EarlierResponse),
            AllowanceDays = Whole(facts, "allowance-days"),
            CalendarDays = Whole(facts, "calendar-days"),
            Recurrence = FactReading.Boolean(facts, "recurrence")
                ?? (rules.IsRecurrent(DiagnosisCodes(referral)) ? true : null),
            Age = Age(referral.Patient, start),
            AgeWhenNeedFound = Age(referral.Patient, asOf),
            MinorForbidsInforming = FactReading.IsRaised(facts, "minor-forbids-informing"),
            MethodAskedFor = referral.Request.Code?.Coding.Find(coding => coding.System == Systems.Method)?.Code,
            UrgencyAskedFor = Codes.Parse<Urgency>(referral.Request.Priority?.GetLiteral()) ?? Urgency.Routine,
            Municipality = Municipality(referral.Patient),
            NeedsInterpreter = (referral.Patient.GetExtension(Terms.InterpreterExtension)?.Value as FhirBoolean)?.Value,
            ServiceLanguage = Language(referral.Patient),
            SubstanceUseTold = facts["substance-use"].Any(),
            FunctioningTold = facts["functioning"].Any(),
            InitiatedBy = Coded<Initiator>(facts, "initiated-by", Terms.Initiator),
            WorkIsGoal = FactReading.IsRaised(facts, "work-is-goal"),
            Psychotherapy = Psychotherapy(referral, facts, rules),
            Region = Municipality(referral.Patient) is { } code ? RegionDirectory.RegionOf(code, start) : null,
            HasCurrentEmployer = HasCurrentEmployer(referral, start),
            PlannedStart = plannedStart,
        };
    }

    /// <summary>Coverages by an employer's occupational health that hold on a day.</summary>
    public static IEnumerable<Coverage> CoveragesOn(Referral referral, DateOnly day) => referral.Coverages.Where(c =>
        c.Status is FinancialResourceStatusCodes.Active
        && (c.Type is null || c.Type.Has(Terms.CoverageType, "occupational-health"))
        && !(FinnishTime.DateOf(c.Period?.StartElement) > day)
        && !(FinnishTime.LastDateOf(c.Period?.EndElement) < day));

    private static DateOnly? PlannedStart(Referral referral) => referral.Request.Occurrence switch
    {
        Period { StartElement: { } start } => FinnishTime.DateOf(start),
        FhirDateTime time => FinnishTime.DateOf(time),
        _ => FinnishTime.DateOf(referral.Request.AuthoredOnElement),
    };

    private static T? Coded<T>(ILookup<string, DataType> facts, string fact, string system) where T : struct, Enum =>
        facts[fact].Select(value => Codes.Parse<T>(FactReading.CodeOf(value, system)))
            .LastOrDefault(value => value is not null);

    /// <summary>
    /// R4's own value set of severities, in SNOMED CT: http://hl7.org/fhir/R4/valueset-condition-severity.html
    /// </summary>
    public static readonly IReadOnlyDictionary<string, Severity> SeverityOfCode = new Dictionary<string, Severity>
    {
        ["255604002"] = Severity.Mild, ["6736007"] = Severity.Moderate, ["24484000"] = Severity.Severe,
    };

    private static Severity? WorstSeverity(IEnumerable<Condition> conditions) => conditions
        .SelectMany(condition => condition.Severity?.Coding ?? [])
        .Where(coding => coding.System == Terms.Snomed)
        .Select(coding => SeverityOfCode.TryGetValue(coding.Code ?? "", out var severity) ? severity : (Severity?)null)
        .Max();

    private static IReadOnlyList<string> DiagnosisCodes(Referral referral) =>
        [.. referral.Conditions.SelectMany(DiagnosisCodes)];

    private static IReadOnlyList<string> DiagnosisCodes(Condition condition) =>
        [.. condition.Code?.Coding.Where(coding => coding.System == Terms.Icd10)
            .Select(coding => coding.Code).OfType<string>() ?? []];

    private static int? Whole(ILookup<string, DataType> facts, string fact) =>
        facts[fact].OfType<Integer>().LastOrDefault()?.Value;

    private static int? Months(ILookup<string, DataType> facts, string fact) =>
        FactReading.Months(facts[fact].OfType<Quantity>().LastOrDefault());

    private static PsychotherapyFacts Psychotherapy(
        Referral referral, ILookup<string, DataType> facts, PlacementRules rules) => new()
        {
            DiagnosedOn = referral.Conditions.Where(condition => rules.IsDisorder(DiagnosisCodes(condition)) is true)
                .Select(condition => FinnishTime.DateOf(condition.RecordedDateElement)).Min(),
            MonthsOfCare = Months(facts, "appropriate-care"),
            PsychiatristsStatement = FactReading.Boolean(facts, "psychiatrists-statement"),
            WorkOrStudyThreatened = FactReading.Boolean(facts, "work-or-study-threatened"),
            AlternativesConsidered = FactReading.Boolean(facts, "alternatives-considered"),
        };

    /// <summary>Whole years on a day.</summary>
    public static int? Age(Patient patient, DateOnly on)
    {
        if (patient.BirthDateElement?.ToDateOnly() is not { } born)
            return null;
        var years = on.Year - born.Year;
        return born.AddYears(years) > on ? years - 1 : years;
    }

    /// <summary>Code of the municipality where the person lives.</summary>
    public static string? Municipality(Patient patient) => patient.Address
        .Select(address => address.GetExtension(Terms.MunicipalityExtension))
        .Append(patient.GetExtension(Terms.MunicipalityExtension))
        .Select(extension => extension?.Value).OfType<Coding>()
        .FirstOrDefault(coding => coding.System == Systems.Municipality)?.Code;

    // The preferred one; without a preference the first.
    private static string? Language(Patient patient) => patient.Communication
        .OrderByDescending(one => one.Preferred is true)
        .SelectMany(one => one.Language?.Coding ?? []).Select(coding => coding.Code).FirstOrDefault(code => code is not null);

    // No Coverage says nothing: the person may have an employer who has not arranged occupational health.
    private static bool? HasCurrentEmployer(Referral referral, DateOnly day) =>
        CoveragesOn(referral, day).Any() ? true
        : referral.Observations.LastOrDefault(o => o.Code?.Has(Systems.Loinc, "74165-2") == true) is { } status
            ? FactReading.CodeOf(status.Value, Systems.EmploymentStatus) == "Employed"
        : referral.Coverages.Count > 0 ? false
        : null;
}
