using Fhir;
using Messages;
using OccupationalHealth.EmployerContracts;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// What is due in the absences that one unit was told of, as Tasks of its follow-up. Each notice leads here, where
/// everything is decided anew from what is stored.
/// </summary>
/// <param name="session">Where it is read and stored.</param>
/// <param name="access">Who tells.</param>
/// <param name="unit">The unit that was told.</param>
/// <param name="written">An absence that is about to be stored; it counts as it will be.</param>
internal sealed class AbsenceCheckpoints(
    Session session, Access access, Organization unit, Observation? written = null)
{
    private readonly DateOnly today = FinnishTime.DateOf(session.Now);

    private WorkAbilityRules Rules => WorkAbilityRules.InForceOn(today);

    /// <summary>The follow-up, and the checkpoints that are open now; empty when nothing is and was due.</summary>
    public async Task<IReadOnlyList<FhirTask>> Settle(string person, ResourceReference? requester)
    {
        var (spells, terms) = await Facts(person);
        var due = AbsencePolicy.Due(spells, today, terms, Rules);
        var tasks = await Known(person);
        if (due.Count == 0 && !tasks.Exists(task => TaskMoves.IsOpen(task.Status)))
            return [];
        var followUp = await new FollowUps(session, access).Take(
            WorkAbilityTask.FollowUp(person, unit, AbsenceObservation.Code, ResourceStore.NewId(), session.Now));
        List<FhirTask> open = [];
        foreach (var checkpoint in due)
        {
            var same = tasks.FindAll(task => CodeOf(task) == checkpoint.Code);
            if (same.Find(task => TaskMoves.IsOpen(task.Status) && !open.Contains(task)
                && (DueOf(task) >= checkpoint.Opens || DueOf(task) >= checkpoint.CoveredFrom)) is { } known)
                open.Add(await Move(known, checkpoint));
            else if (!same.Exists(task => task.Status is TaskStatus.Completed && DueOf(task) >= checkpoint.CoveredFrom))
                open.Add(await Create(checkpoint, person, followUp, requester));
        }

        // Due no more: the absence was corrected, or it ended and nothing is owed of it.
        foreach (var task in tasks.Where(task => TaskMoves.IsOpen(task.Status) && !open.Contains(task)))
            if (DueOf(task) > today || !AbsencePolicy.Holds(CodeOf(task)!, DueOf(task)!.Value, spells, terms, Rules))
                await Cancel(task);
            else
                open.Add(task);
        return [followUp, .. open];
    }

    /// <summary>Whether an open checkpoint, whose last day is over, was due indeed.</summary>
    public async Task<bool> Holds(FhirTask task, string person)
    {
        var (spells, terms) = await Facts(person);
        return AbsencePolicy.Holds(CodeOf(task)!, DueOf(task)!.Value, spells, terms, Rules);
    }

    public async Task Cancel(FhirTask task)
    {
        task.Status = TaskStatus.Cancelled;
        task.LastModifiedElement = new FhirDateTime(session.Now);
        await session.Resources.Update(access, task);
        await session.Timers.Cancel(CheckpointDue.Kind, task.TypeName, task.Id!);
    }

    private async Task<(List<AbsenceSpell> Spells, AbsenceTerms Terms)> Facts(string person)
    {
        var absences = await AbsenceObservation.Of(session, access, person, unit.Id!);
        absences.RemoveAll(absence => absence.Id == written?.Id);
        if (written is { Status: not ObservationStatus.EnteredInError })
            absences.Add(written);
        var employers = absences.SelectMany(absence => absence.Focus).Select(focus => focus.Reference).Distinct();
        var accumulated = false;
        foreach (var employer in employers.OfType<string>())
            accumulated |= await FindContracts.CountsAbsencesTogether(
                session, access, employer.Split('/')[^1], unit.Id!, today);
        // Whoever is insured in both ways has the employer's checkpoints too.
        var insurance = absences.Count > 0
            && absences.TrueForAll(absence => AbsenceObservation.InsuranceOf(absence) is Insurance.SelfEmployed)
                ? Insurance.SelfEmployed
                : Insurance.Employee;
        return ([.. absences.Select(AbsenceObservation.SpellOf).OfType<AbsenceSpell>()],
            new AbsenceTerms(insurance, accumulated));
    }

    private async Task<List<FhirTask>> Known(string person) =>
        [.. (await session.Resources.FindAll<FhirTask>(access,
            new SearchClause.Reference("subject", [new TokenValue("Patient", person)]),
            new SearchClause.Token("code", [new TokenValue(Systems.TaskKind, TaskKinds.AbsenceCheckpoint)])))
            .Where(task => Units.Is(task.Owner, unit))];

    private async Task<FhirTask> Create(
        Checkpoint checkpoint, string person, FhirTask followUp, ResourceReference? requester)
    {
        var task = WorkAbilityTask.New(
            TaskKinds.AbsenceCheckpoint, CheckpointTexts.Of(checkpoint.Code), person, followUp.Owner!,
            followUp.GroupIdentifier!.Value!, session.Now);
        task.Code!.Coding.Add(new Coding(Terms.AbsenceCheckpoint, checkpoint.Code));
        task.Intent = checkpoint.IfNeeded ? TaskIntent.Proposal : TaskIntent.Order;
        task.PartOf = [new ResourceReference($"Task/{followUp.Id}")];
        task.Requester = requester?.Clone();
        task.PerformerType = [.. checkpoint.Parties.Select(party => new CodeableConcept
        {
            Coding = [Texts.Coding(Terms.Party, party.Code(), CheckpointTexts.Of(party))],
        })];
        SetDays(task, checkpoint);
        await session.Resources.Create(access, task);
        await CheckpointDue.Watch(session, task, checkpoint.Due);
        return task;
    }

    private async Task<FhirTask> Move(FhirTask task, Checkpoint checkpoint)
    {
        if (DueOf(task) == checkpoint.Due)
            return task;
        SetDays(task, checkpoint);
        // What was escalated for the day before is not late any more.
        if (checkpoint.Due >= today)
            (task.BusinessStatus, task.Priority) = (null, RequestPriority.Routine);
        task.LastModifiedElement = new FhirDateTime(session.Now);
        await session.Resources.Update(access, task);
        await CheckpointDue.Watch(session, task, checkpoint.Due);
        return task;
    }

    private static void SetDays(FhirTask task, Checkpoint checkpoint) =>
        task.Restriction = new FhirTask.RestrictionComponent
        {
            Period = new Period(
                new FhirDateTime($"{checkpoint.Opens:yyyy-MM-dd}"), new FhirDateTime($"{checkpoint.Due:yyyy-MM-dd}")),
        };

    private static string? CodeOf(FhirTask task) =>
        task.Code?.Coding.Find(coding => coding.System == Terms.AbsenceCheckpoint)?.Code;

    private static DateOnly? DueOf(FhirTask task) => FinnishTime.DateOf(task.Restriction?.Period?.EndElement);
}
