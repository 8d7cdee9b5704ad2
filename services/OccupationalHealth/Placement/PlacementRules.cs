using Messages;

namespace OccupationalHealth.Placement;

/// <summary>
/// The thresholds in force on one day. They come from placement-rules.json, where each has the day from which it holds
/// and its source; none stands in code.
/// </summary>
public sealed class PlacementRules
{
    private static readonly Lazy<RulesFile> Shipped = new(() => RuleFiles.Shipped<RulesFile>("placement-rules.json"));

    // Those of today, as a rule.
    private static PlacementRules? newest;

    private readonly DateOnly date;
    private readonly IReadOnlyDictionary<Severity, CareLevel> levelOfSeverity;
    // Few: to compare one by one is faster than to look up.
    private readonly (string Code, IReadOnlyList<ScoreBand> Bands)[] instruments;

    private readonly DiagnosisCodes diagnoses;
    private readonly Dictionary<string, MethodRule> methodsByCode;
    private readonly MethodRule[][] steps;
    private readonly MethodRule[] bridgingMethods;

    private PlacementRules(RulesFile file, DateOnly date)
    {
        this.date = date;
        Version = file.Version;
        ProlongedMonths = file.ProlongedMonths.InForceOn(date);
        ProlongedAllowanceDays = file.ProlongedAllowanceDays.InForceOn(date);
        AdultAge = file.AdultAge.InForceOn(date);
        SpecialisedCareFrom = file.SpecialisedCareFrom.InForceOn(date);
        Methods = file.Methods.InForceOn(date);
        methodsByCode = Methods.ToDictionary(method => method.Code, StringComparer.Ordinal);
        steps = [.. Enum.GetValues<CarePlace>().Select(place =>
            Methods.Where(rule => rule.IsStepAt(place)).OrderBy(rule => rule.Step).ToArray())];
        bridgingMethods = [.. Methods.Where(rule => rule.BridgesWait)];
        SafetyReviewHours = file.SafetyReviewHours.InForceOn(date);
        CatalogueFreshDays = file.CatalogueFreshDays.InForceOn(date);
        MonthsOfCareBeforePsychotherapy = file.Psychotherapy.InForceOn(date).MonthsOfCare;
        FindingStartsTherapyGuarantee = file.FindingInOccupationalHealthStartsTherapyGuarantee.InForceOn(date);
        Deadlines = file.Deadlines.InForceOn(date);
        diagnoses = file.Diagnoses.InForceOn(date);
        levelOfSeverity = file.LevelOfSeverity.InForceOn(date);
        instruments = [.. file.Instruments.Select(i => (i.Key, i.Value.InForceOn(date)))];
        Alcohol = [.. AllBandsOf("audit").Where(band => band.Method is not null)];
    }

    public string Version { get; }

    /// <summary>Months of symptoms or care without response.</summary>
    public int ProlongedMonths { get; }

    /// <summary>Kela sickness-allowance days within the rolling two years.</summary>
    public int ProlongedAllowanceDays { get; }

    public int AdultAge { get; }

    public Severity SpecialisedCareFrom { get; }

    public IReadOnlyList<MethodRule> Methods { get; }

    /// <summary>Hours until an open safety review is escalated, within the same day.</summary>
    public int SafetyReviewHours { get; }

    /// <summary>Days until a region's catalogue counts as stale.</summary>
    public int CatalogueFreshDays { get; }

    /// <summary>Bands of AUDIT that bring a method; the highest that is reached counts.</summary>
    public IReadOnlyList<ScoreBand> Alcohol { get; }

    public int MonthsOfCareBeforePsychotherapy { get; }

    /// <summary>Whether the clock of the therapy guarantee starts when occupational health finds the need.</summary>
    public bool FindingStartsTherapyGuarantee { get; }

    public IReadOnlyList<DeadlineRule> Deadlines { get; }

    /// <summary>The ages below which something else holds, the lowest first.</summary>
    public IEnumerable<int> AgesThatMatter =>
        Deadlines.Select(rule => rule.MinAge).OfType<int>().Append(AdultAge).Distinct().Order();

    /// <summary>The rules that this version ships, as they are in force on a day.</summary>
    public static PlacementRules InForceOn(DateOnly date) =>
        newest is { } rules && rules.date == date ? rules : newest = new(Shipped.Value, date);

    /// <summary>Rules of another file, for a dry run or a test.</summary>
    public static PlacementRules InForceOn(DateOnly date, Stream file) => new(RuleFiles.Read<RulesFile>(file), date);

    public CareLevel LevelOf(Severity severity) => levelOfSeverity[severity];

    /// <summary>Whether the ICD-10 codes tell of a disorder, of strain only, or of neither.</summary>
    public bool? IsDisorder(IReadOnlyList<string> icd10) =>
        Among(icd10, diagnoses.Disorder) ? true : Among(icd10, diagnoses.Strain) ? false : null;

    public bool IsRecurrent(IReadOnlyList<string> icd10) => Among(icd10, diagnoses.Recurrent);

    /// <summary>A method that the rules do not know counts as agreed separately, fit for everybody.</summary>
    public MethodRule Method(string code) =>
        methodsByCode.GetValueOrDefault(code) ?? new MethodRule(code) { AgreedSeparately = true };

    /// <summary>The rungs of stepped care at a place, the least intensive first.</summary>
    public ReadOnlySpan<MethodRule> StepsAt(CarePlace place) => steps[(int)place];

    /// <summary>Those that may begin at once while another method is waited for.</summary>
    internal ReadOnlySpan<MethodRule> BridgingMethods => bridgingMethods;

    /// <summary>The band of the worst score; an instrument without bands says nothing about the level.</summary>
    public ScoreBand? WorstBand(IReadOnlyList<InstrumentScore> scores)
    {
        ScoreBand? worst = null;
        for (var i = 0; i < scores.Count; i++)
            if (Reached(AllBandsOf(scores[i].Instrument), scores[i]) is { Level: not null } reached
                && (worst is null || IsWorse(reached, worst)))
                worst = reached;
        return worst;
    }

    private IReadOnlyList<ScoreBand> AllBandsOf(string instrument)
    {
        foreach (var (code, bands) in instruments)
            if (code == instrument)
                return bands;
        return [];
    }

    private static ScoreBand? Reached(IReadOnlyList<ScoreBand> bands, InstrumentScore score)
    {
        for (var i = bands.Count - 1; i >= 0; i--)
            if (bands[i] is var band && score.Total >= band.AtLeast)
                return band;
        return null;
    }

    private static bool IsWorse(ScoreBand band, ScoreBand than) => band.Level > than.Level
        || (band.Level == than.Level && Nullable.Compare(band.Severity, than.Severity) > 0);

    /// <summary>The bands of an instrument from the lowest; empty where no source here tells any.</summary>
    public IReadOnlyList<ScoreBand> BandsOf(string instrument, Gender gender) =>
        [.. AllBandsOf(instrument).Where(band => band.Gender is null || band.Gender == gender)];

    private static bool Among(IReadOnlyList<string> codes, IReadOnlyList<string> beginnings) =>
        codes.Any(code => beginnings.Any(beginning => code.StartsWith(beginning, StringComparison.Ordinal)));

    private sealed record RulesFile(
        string Version,
        IReadOnlyList<Dated<int>> ProlongedMonths,
        IReadOnlyList<Dated<int>> ProlongedAllowanceDays,
        IReadOnlyList<Dated<int>> AdultAge,
        IReadOnlyList<Dated<int>> SafetyReviewHours,
        IReadOnlyList<Dated<int>> CatalogueFreshDays,
        IReadOnlyList<Dated<PsychotherapyRule>> Psychotherapy,
        IReadOnlyList<Dated<bool>> FindingInOccupationalHealthStartsTherapyGuarantee,
        IReadOnlyList<Dated<IReadOnlyList<DeadlineRule>>> Deadlines,
        IReadOnlyList<Dated<Severity>> SpecialisedCareFrom,
        IReadOnlyList<Dated<DiagnosisCodes>> Diagnoses,
        IReadOnlyList<Dated<IReadOnlyDictionary<Severity, CareLevel>>> LevelOfSeverity,
        IReadOnlyDictionary<string, IReadOnlyList<Dated<IReadOnlyList<ScoreBand>>>> Instruments,
        IReadOnlyList<Dated<IReadOnlyList<MethodRule>>> Methods);

    private sealed record DiagnosisCodes(
        IReadOnlyList<string> Disorder, IReadOnlyList<string> Strain, IReadOnlyList<string> Recurrent);

    private sealed record PsychotherapyRule(int MonthsOfCare);
}

/// <summary>One band of an instrument: totals from <paramref name="AtLeast"/> up to the next band.</summary>
/// <param name="Code">Its name; the words for it stand with the instrument.</param>
/// <param name="Level">Null where the instrument says nothing about the level of care.</param>
/// <param name="Gender">Whose limit it is; null where it is everybody's.</param>
/// <param name="Method">What it calls for beside the care; null where that is nothing.</param>
public sealed record ScoreBand(
    int AtLeast, string Code, CareLevel? Level = null, Severity? Severity = null, Gender? Gender = null,
    string? Method = null);

/// <summary>Where an instrument has different limits for women and men.</summary>
public enum Gender { Female, Male }

/// <summary>A time limit of one place; the ages are those when the need is found.</summary>
public sealed record DeadlineRule(
    DeadlineKind Kind, CarePlace Place, int Days = 0, int Months = 0, int? MinAge = null, int? MaxAge = null,
    bool Binding = true)
{
    /// <summary>By then care has begun, not only a contact or an assessment.</summary>
    public bool IsOfCareItself =>
        Kind is DeadlineKind.AccessToCare or DeadlineKind.TherapyGuarantee or DeadlineKind.Treatment;
}
