using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using IpsCoaching.Figures;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Fidelity;

/// <summary>Counts what the record of a unit tells of a period. Pure.</summary>
internal sealed class CountFidelityFacts(UnitRecord unit, DateOnly from, DateOnly to, FidelityAnchors anchors)
{
    private readonly IReadOnlyList<ContactRecord> contacts =
        [.. unit.Contacts.Where(contact => from <= contact.Day && contact.Day <= to)];

    public FidelityFacts Count()
    {
        List<(CaseRecord Case, string Coach)> last = [.. unit.Cases.Where(one => IsServed(one) && !(one.End <= to))
            .SelectMany(one => one.Coaches.Where(coach => coach.Since <= to && !(coach.Until <= to))
                .Select(coach => (one, coach.Coach)))];
        var entered = unit.Cases.Where(one => !one.IsRefused && IsWithin(one.Start)).ToList();
        var found = unit.Clients.SelectMany(client => client.Found(from, to)).ToList();
        var due = unit.Clients.SelectMany(client => client.Due).Where(one => IsWithin(one.To)).ToList();
        return new FidelityFacts(
            from, to, [.. last.GroupBy(one => one.Coach).Select(coach => coach.Count())],
            [.. entered.Select(FirstEmployerContact).OfType<int>()],
            entered.Count(one => FirstEmployerContact(one) is null),
            unit.Cases.Where(IsServed).SelectMany(one => one.Coaches)
                .Where(coach => coach.Since <= to && !(coach.Until < from)).DistinctBy(coach => coach.Coach).Count(),
            EmployersMet().Count(), [.. found.Select(job => job.Occupation)],
            [.. found.Select(job => job.Employer).OfType<string>()],
            due.Count(one => one.Status is TaskStatus.Completed), due.Count(one => one.Status is TaskStatus.Failed),
            Minutes(Coaching().Where(one => one.Place is "FLD" or "HH")),
            Minutes(Coaching().Where(one => one.Place == "AMB")),
            [.. unit.Cases.Where(one => one.IsRefused && IsWithin(one.Start)).Select(one => one.RefusalReason ?? "")])
        {
            Minutes = (Minutes(Coaching()), Minutes(contacts)),
            FromTwoTeams = last.GroupBy(one => one.Coach).Sum(coach => coach.SelectMany(one => one.Case.Teams.Take(1))
                .GroupBy(team => team).Select(team => team.Count()).OrderDescending().Take(2).Sum()),
            Jobs = (found.Count(job => job.IsCompetitive),
                found.Count(job => job.IsCompetitive && job.EndReason != FixedTermEnded)),
            TeamMeetingWeeks = Weeks(CoachContact.TeamMeeting), SupervisionWeeks = Weeks(CoachContact.GroupSupervision),
            Months = (Months().Count(month => contacts.Any(one => one.Kind == CoachContact.EmploymentServices
                && month <= one.Day && one.Day < month.AddMonths(1))), Months().Count()),
            EmployersMet = Often(), OutreachAttempts = contacts.Count(one => one.Kind == CoachContact.Outreach),
        }.With(unit, anchors);
    }

    // A code of ips-rules.json.
    private const string FixedTermEnded = "fixed-term-ended";

    private bool IsServed(CaseRecord one) => !one.IsRefused && one.Start <= to && !(one.End < from);

    private bool IsWithin(DateOnly day) => from <= day && day <= to;

    private static int? FirstEmployerContact(CaseRecord one)
    {
        var days = one.Contacts.Where(contact => contact.Kind == CoachContact.Employer).Select(contact => contact.Day)
            .ToList();
        return days.Count == 0 ? null : days.Min().DayNumber - one.Start.DayNumber;
    }

    private IEnumerable<ContactRecord> Coaching() => contacts.Where(one => one.Kind != CoachContact.OtherService);

    private IEnumerable<ContactRecord> EmployersMet() =>
        contacts.Where(one => one.Kind == CoachContact.Employer && one.Place != "VR");

    private (int Often, int Met) Often()
    {
        var employers = EmployersMet().GroupBy(one => one.Employer).Select(one => one.Count()).ToList();
        return (employers.Count(visits => visits >= anchors.EmployerVisitsAtLeast), employers.Count);
    }

    // The first days of the months that lie in the period as a whole.
    private IEnumerable<DateOnly> Months()
    {
        var first = from.Day == 1 ? from : new DateOnly(from.Year, from.Month, 1).AddMonths(1);
        for (; first.AddMonths(1).AddDays(-1) <= to; first = first.AddMonths(1)) yield return first;
    }

    private int Weeks(string kind) => contacts.Where(one => one.Kind == kind)
        .Select(one => (one.Day.DayNumber - from.DayNumber) / 7)
        .Distinct().Count(week => from.AddDays(week * 7 + 6) <= to);

    private static decimal Minutes(IEnumerable<ContactRecord> some) => some.Sum(one => one.Minutes);
}
