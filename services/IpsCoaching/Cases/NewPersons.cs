using Fhir;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.Cases;

/// <summary>
/// How many cases a caller who sees its own only may open in a day: whoever tries identity codes one after the other is
/// stopped, whether the persons are known here or not.
/// </summary>
internal static class NewPersons
{
    public static async Task<Refusal?> Refuse(Session session, Access access, string path)
    {
        if (!access.OwnOnly) return null;
        var today = FinnishTime.DateOf(session.Now);
        var most = IpsRules.InForceOn(today).NewCasesADay;
        var since = Micros.From(FinnishTime.EndOf(today.AddDays(-1)));
        var opened = await session.First<long>(
            """
            select count(*) from resource r
            join resource_version v on v.type = r.type and v.id = r.id and v.version = 1
            where r.type = 'EpisodeOfCare' and r.tenant = @Tenant and r.last_updated >= @since
                and v.last_updated >= @since and v.organisation = @Organisation
            """,
            new { access.Tenant, access.Organisation, since });
        return opened < most ? null : new Refusal(429, "SEND_TOO_MANY", [Refusal.Issue(IssueType.Throttled, path,
            $"An organisation that sees its own cases only opens at most {most} in a day: go on tomorrow, or let the "
            + "controller's own system open them.")]);
    }
}
