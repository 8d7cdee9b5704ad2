using Fhir;
using Messages;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// A person's employment statuses as they were told, one after the other: each ends on the day before the next begins,
/// in whatever order they came, and the last is current. What was withdrawn is none of them.
/// </summary>
internal sealed class EmploymentStatuses
{
    /// <summary>History of employment status. Source: IHE PCC ODH 1.0.1, odh-EmploymentStatus.</summary>
    public const string Code = "74165-2";

    private readonly Session session;
    private readonly Access access;
    private readonly List<Observation> valid;

    private EmploymentStatuses(Session session, Access access, List<Observation> valid) =>
        (this.session, this.access, this.valid) = (session, access, valid);

    public static async Task<EmploymentStatuses> Of(Session session, Access access, string person)
    {
        var all = await session.Resources.FindAll<Observation>(access,
            new SearchClause.Reference("patient", [new TokenValue("Patient", person)]),
            new SearchClause.Token("code", [new TokenValue(Systems.Loinc, Code)]));
        return new EmploymentStatuses(
            session, access, [.. all.Where(status => status.Status is not ObservationStatus.EnteredInError)]);
    }

    public static bool HaveSameValue(Observation one, Observation other) => ValueOf(one) == ValueOf(other);

    /// <summary>The status that began on the same day as another, or null.</summary>
    public Observation? BegunWith(Observation other) => valid.Find(status => StartOf(status) == StartOf(other));

    /// <summary>Stores a new status and closes the former.</summary>
    public async Task Begin(Observation status)
    {
        valid.Add(status);
        var changed = SetEnds();
        await session.Resources.Create(access, status);
        await Update(changed.Where(other => other != status));
    }

    /// <summary>A status was wrong: the one before it goes on as if nothing had been told.</summary>
    public async Task Withdraw(Observation status)
    {
        status.Status = ObservationStatus.EnteredInError;
        valid.Remove(status);
        await Update([status, .. SetEnds()]);
    }

    private async Task Update(IEnumerable<Observation> changed)
    {
        foreach (var status in changed)
            await session.Resources.Update(access, status);
    }

    // Those whose end has changed.
    private List<Observation> SetEnds()
    {
        List<Observation> changed = [];
        var ordered = valid.OrderBy(StartOf).ToList();
        for (var i = 0; i < ordered.Count; i++)
        {
            var period = (Period)ordered[i].Effective!;
            var end = i + 1 < ordered.Count ? StartOf(ordered[i + 1])!.Value.AddDays(-1).ToString("O") : null;
            if (period.End == end)
                continue;
            period.EndElement = end is null ? null : new FhirDateTime(end);
            changed.Add(ordered[i]);
        }

        return changed;
    }

    private static DateOnly? StartOf(Observation status) =>
        FinnishTime.DateOf(((Period)status.Effective!).StartElement);

    private static string? ValueOf(Observation status) => (status.Value as CodeableConcept)?.Coding
        .Find(coding => coding.System == Systems.EmploymentStatus)?.Code;
}
