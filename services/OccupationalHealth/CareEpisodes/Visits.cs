using Fhir;
using Messages;
using ServiceKit.Storage;

namespace OccupationalHealth.CareEpisodes;

/// <summary>Visits that were made, each a Procedure with the code of its method.</summary>
internal static class Visits
{
    public static string? MethodOf(Procedure visit) =>
        visit.Code?.Coding.Find(coding => coding is { System: Systems.Method, Code: not null })?.Code;

    /// <summary>The day of the visit, where as much is told.</summary>
    public static DateOnly? DayOf(Procedure visit) => visit.Performed switch
    {
        FhirDateTime time => FinnishTime.DayOf(time),
        Period period => FinnishTime.DayOf(period.StartElement),
        _ => null,
    };

    public static string PatientOf(Procedure visit) =>
        visit.Subject?.TryGetLocal(out _, out var id) == true ? id : "";

    public static bool WasMade(Procedure visit) => visit.Status is EventStatus.Completed or EventStatus.InProgress;

    /// <summary>The visits that were made in one episode.</summary>
    public static async Task<IReadOnlyList<Procedure>> Of(
        Session session, Access access, string patient, string episode) =>
        [.. (await session.Resources.FindByReference<Procedure>(access, "subject", "Patient", patient))
            .Where(visit => Episode.OfVisit(visit) == episode && WasMade(visit))];

    /// <summary>Visits of one person with one method that began in one year: what a quota counts.</summary>
    public static async Task<int> Count(Session session, Access access, string patient, string method, int year)
    {
        var first = FinnishTime.EndOf(new DateOnly(year - 1, 12, 31)).AddSeconds(1);
        var last = FinnishTime.EndOf(new DateOnly(year, 12, 31));
        var page = await session.Resources.Search(access, new SearchQuery("Procedure")
        {
            Clauses =
            [
                new SearchClause.Reference("subject", [new TokenValue("Patient", patient)]),
                new SearchClause.Token("code", [new TokenValue(Systems.Method, method)]),
                new SearchClause.Token(
                    "status", [new TokenValue(null, "completed"), new TokenValue(null, "in-progress")]),
                new SearchClause.Date("date", [new DateValue("ap", Micros.From(first), Micros.From(last))]),
            ],
            CountOnly = true,
        });
        return (int)(page.Total ?? 0);
    }
}
