using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Career;

/// <summary>
/// Work-incentive counselling, that is what work does to the client's benefits, as a completed Procedure:
/// <c>subject</c> the person, <c>performedDateTime</c> the day, <c>performer</c> who gave it. Source: IPS-25 item 12,
/// all clients before a job starts (domain.md §4 [K]); the code is ours until a national one is known.
/// </summary>
internal static class Counselling
{
    public static readonly string SystemUrl = Canonicals.CodeSystem("ips-event");

    public static TranslatedName WorkIncentive { get; } = new(
        "work-incentive-counselling", "Työn ja etuuksien yhteensovituksen ohjaus",
        "Rådgivning om arbete och förmåner", "Work-incentive counselling");

    /// <summary>The day on which it was given.</summary>
    public static DateOnly? DayOf(Procedure counselling) => FinnishTime.DayOf(counselling.Performed as FhirDateTime);

    /// <summary>What a person was given, entered in error left out.</summary>
    public static async Task<IReadOnlyList<Procedure>> Of(Session session, Access access, string person) =>
        [.. (await session.Resources.FindByReference<Procedure>(access, "patient", "Patient", person))
            .Where(Is)];

    /// <summary>Whether it is such a counselling and was given.</summary>
    public static bool Is(Procedure one) =>
        one.Status is EventStatus.Completed && one.Code?.Has(SystemUrl, WorkIncentive.Code) == true;

    /// <summary>Whether it was given before the first day of a job.</summary>
    public static bool IsBefore(DateOnly firstDayOfWork, IEnumerable<Procedure> counselled) =>
        counselled.Any(one => DayOf(one) < firstDayOfWork);
}
