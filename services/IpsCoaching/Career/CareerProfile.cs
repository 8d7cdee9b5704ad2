using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmploymentStatus;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Career;

/// <summary>
/// The career profile as a QuestionnaireResponse: <c>subject</c> the person, <c>authored</c> the day, <c>author</c> the
/// coach, <c>partOf</c> the jobs (Observation) after which it was updated, one <c>item</c> for each part. Each update
/// is a new one; the newest <c>completed</c> one is in force. Source of the parts: what IPS asks a profile to hold
/// (domain.md §4 item 14 [K]); the codes are ours.
/// </summary>
internal static class CareerProfile
{
    public static readonly string Questionnaire = Canonicals.Base + "/Questionnaire/ips-career-profile";

    /// <summary>The parts, by <c>linkId</c>.</summary>
    public static IReadOnlyList<TranslatedName> Parts { get; } =
    [
        new("wishes", "Työtä koskevat toiveet", "Önskemål om arbete", "Wishes about work"),
        new("skills", "Taidot ja vahvuudet", "Kunskaper och styrkor", "Skills and strengths"),
        new("work-history", "Työhistoria", "Arbetshistoria", "Work history"),
        new("education", "Koulutus", "Utbildning", "Education"),
        new("supports", "Tuki ja tukijat", "Stöd och stödpersoner", "Supports"),
    ];

    public static bool Is(QuestionnaireResponse response) => response.Questionnaire == Questionnaire;

    /// <summary>The day of the profile; it has one once it is stored.</summary>
    public static DateOnly DayOf(QuestionnaireResponse profile) => FinnishTime.DayOf(profile.AuthoredElement)!.Value;

    /// <summary>The ids of the jobs after which it was updated.</summary>
    public static IEnumerable<string> JobsOf(QuestionnaireResponse profile) => profile.PartOf
        .Select(job => job.TryGetLocal(out var type, out var id) && type == "Observation" ? id : null)
        .OfType<string>();

    /// <summary>The valid profiles of a person, the newest day first.</summary>
    public static async Task<IReadOnlyList<QuestionnaireResponse>> Of(Session session, Access access, string person) =>
        [.. (await session.Resources.FindByReference<QuestionnaireResponse>(access, "patient", "Patient", person))
            .Where(IsValid).OrderByDescending(DayOf)];

    /// <summary>Whether it is a profile and was not entered in error.</summary>
    public static bool IsValid(QuestionnaireResponse one) =>
        Is(one) && one.Status is QuestionnaireResponseStatus.Completed;
}
