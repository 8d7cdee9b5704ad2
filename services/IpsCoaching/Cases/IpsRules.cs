using System.Text.Json;
using System.Text.Json.Serialization;
using Fhir;
using Messages;

namespace IpsCoaching.Cases;

/// <summary>
/// The numbers and lists in force on one day. They come from ips-rules.json, where each has the day from which it holds
/// and its source; none stands in code.
/// </summary>
public sealed class IpsRules
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Lazy<RulesFile> Shipped = new(() =>
    {
        using var file = typeof(IpsRules).Assembly.GetManifestResourceStream("ips-rules.json")
            ?? throw new InvalidOperationException("ips-rules.json is not embedded in IpsCoaching");
        return JsonSerializer.Deserialize<RulesFile>(file, Json)
            ?? throw new InvalidDataException("The IPS rules are empty");
    });

    private IpsRules(RulesFile file, DateOnly date)
    {
        RefusalReasons = file.RefusalReasons.InForceOn(date);
        LeastPaidHoursAWeek = file.LeastPaidHoursAWeek.InForceOn(date);
        FollowAlong = file.FollowAlong.InForceOn(date);
        JobEndReasons = file.JobEndReasons.InForceOn(date);
        Fidelity = file.Fidelity.InForceOn(date);
        EducationEndReasons = file.EducationEndReasons.InForceOn(date);
        DisclosureTopics = file.DisclosureTopics.InForceOn(date);
        Caseload = file.Caseload.InForceOn(date);
        FidelityBands = file.FidelityBands.InForceOn(date);
        FidelityReviews = file.FidelityReviews.InForceOn(date);
        Outcomes = file.Outcomes.InForceOn(date);
        OutcomeBenchmarks = file.OutcomeBenchmarks.InForceOn(date);
        LeastGroup = file.LeastGroup.InForceOn(date);
        NewCasesADay = file.NewCasesADay.InForceOn(date);
    }

    /// <summary>Why a case may be refused: nothing that speaks of readiness.</summary>
    public IReadOnlyList<TranslatedName> RefusalReasons { get; }

    /// <summary>Work of fewer hours is not recorded as a job.</summary>
    public decimal LeastPaidHoursAWeek { get; }

    public FollowAlongRule FollowAlong { get; }

    public IReadOnlyList<TranslatedName> JobEndReasons { get; }

    public FidelityAnchors Fidelity { get; }

    public IReadOnlyList<TranslatedName> EducationEndReasons { get; }

    /// <summary>What a client may let the coach say to an employer.</summary>
    public IReadOnlyList<DisclosureTopic> DisclosureTopics { get; }

    public CaseloadRule Caseload { get; }

    /// <summary>The names of totals, the highest first.</summary>
    public IReadOnlyList<FidelityBand> FidelityBands { get; }

    public ReviewCycle FidelityReviews { get; }

    public OutcomeRule Outcomes { get; }

    /// <summary>What the share of clients in work is held against.</summary>
    public IReadOnlyList<OutcomeBenchmark> OutcomeBenchmarks { get; }

    /// <summary>Fewer people than this are not shown in aggregates.</summary>
    public int LeastGroup { get; }

    /// <summary>So many cases a caller who sees its own only opens in a day at most.</summary>
    public int NewCasesADay { get; }

    public static IpsRules InForceOn(DateOnly date) => new(Shipped.Value, date);

    private sealed record RulesFile(
        string Version,
        IReadOnlyList<Dated<IReadOnlyList<TranslatedName>>> RefusalReasons,
        IReadOnlyList<Dated<decimal>> LeastPaidHoursAWeek,
        IReadOnlyList<Dated<FollowAlongRule>> FollowAlong,
        IReadOnlyList<Dated<IReadOnlyList<TranslatedName>>> JobEndReasons,
        IReadOnlyList<Dated<FidelityAnchors>> Fidelity,
        IReadOnlyList<Dated<IReadOnlyList<TranslatedName>>> EducationEndReasons,
        IReadOnlyList<Dated<IReadOnlyList<DisclosureTopic>>> DisclosureTopics,
        IReadOnlyList<Dated<CaseloadRule>> Caseload,
        IReadOnlyList<Dated<IReadOnlyList<FidelityBand>>> FidelityBands,
        IReadOnlyList<Dated<ReviewCycle>> FidelityReviews,
        IReadOnlyList<Dated<OutcomeRule>> Outcomes,
        IReadOnlyList<Dated<IReadOnlyList<OutcomeBenchmark>>> OutcomeBenchmarks,
        IReadOnlyList<Dated<int>> LeastGroup, IReadOnlyList<Dated<int>> NewCasesADay);
}

/// <summary>How soon and how often a client is met around the start of a job.</summary>
/// <param name="DaysBeforeStart">One contact within so many days before the first day of work.</param>
/// <param name="DaysAfterStart">One within so many days after it.</param>
/// <param name="WeeklyMonths">One a week for so many months.</param>
/// <param name="Months">Then one a month, until so many months after the first day of work.</param>
public sealed record FollowAlongRule(int DaysBeforeStart, int DaysAfterStart, int WeeklyMonths, int Months);

/// <summary>The numbers of the fidelity items: lists hold the limits of the scores 5, 4, 3 and 2.</summary>
/// <param name="DiversityShare">The top anchor of the items 19 and 20; the lower ones are in no source here.</param>
/// <param name="CommunityShare">The top anchor of item 24.</param>
/// <param name="TeamShare">The top anchor of item 4.</param>
/// <param name="CompetitiveShare">The top anchor of item 21.</param>
/// <param name="DisclosureTalksAtLeast">How many talks with a client are repeated ones: item 13.</param>
/// <param name="EmployerVisitsAtLeast">How many visits make a relationship with an employer: item 18.</param>
public sealed record FidelityAnchors(
    IReadOnlyList<decimal> CaseloadAtMost, IReadOnlyList<decimal> EmploymentServiceShareAtLeast,
    IReadOnlyList<decimal> FirstEmployerContactDaysAtMost, IReadOnlyList<decimal> EmployerContactsAWeekAtLeast,
    decimal DiversityShare, decimal CommunityShare, decimal TeamShare, decimal CompetitiveShare,
    int DisclosureTalksAtLeast, int EmployerVisitsAtLeast);

/// <summary>The name of totals from a number of points on.</summary>
public sealed record FidelityBand(int AtLeast, TranslatedName Name);

/// <summary>How often fidelity is reviewed.</summary>
/// <param name="Good">The total from which on it is reviewed less often.</param>
/// <param name="MonthsBelow">So many months after a review with a lower total the next one is due.</param>
/// <param name="MonthsFrom">And so many after one with that total or more.</param>
public sealed record ReviewCycle(int Good, int MonthsBelow, int MonthsFrom);

/// <summary>How outcomes are counted.</summary>
/// <param name="KeptWeeks">After how many weeks it is looked whether a job was kept.</param>
/// <param name="SteadyWeeks">The weeks of the year that is looked at for steady work.</param>
/// <param name="SteadyShare">Whoever works in more than this share of them works steadily.</param>
public sealed record OutcomeRule(IReadOnlyList<int> KeptWeeks, int SteadyWeeks, decimal SteadyShare);

/// <summary>A share of clients in work to compare with, from 0 to 1.</summary>
public sealed record OutcomeBenchmark(TranslatedName Name, decimal Share, string Source);

/// <summary>A topic of the disclosure preference, with what the coach may say of it in words.</summary>
public sealed record DisclosureTopic(TranslatedName Name, TranslatedText MaySay);

/// <summary>A sentence in the three languages of the service.</summary>
public sealed record TranslatedText(string Finnish, string Swedish, string English)
{
    public FhirString ToText() => new TranslatedName("", Finnish, Swedish, English).ToText();
}

/// <summary>When a coach's list reminds of something, and how long it should be.</summary>
/// <param name="CasesAtMost">So many open cases a coach has at most.</param>
/// <param name="FirstProfileDays">The first career profile is due so many days after the entry.</param>
/// <param name="ProfileAfterJobDays">Its update is due so many days after a job has ended.</param>
/// <param name="AskDisclosureDays">
/// The disclosure preference is asked again so many days after it was asked last.
/// </param>
/// <param name="FirstEmployerContactDays">
/// The first contact with an employer is due so many days after the entry.
/// </param>
public sealed record CaseloadRule(
    int CasesAtMost, int FirstProfileDays, int ProfileAfterJobDays, int AskDisclosureDays,
    int FirstEmployerContactDays);
