using Fhir;
using Messages;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// The Tasks that stand beside the care Task of one journey. The follow-up of the ability to work is none of them: it
/// goes on from journey to journey (<see cref="WorkAbility.FollowUps"/>).
/// </summary>
internal sealed class JourneyTasks(Session session, Access access)
{
    /// <summary>
    /// Stores what is required now. On an update a Task of the same kind that is still open stays the same Task, and
    /// what is no longer required is cancelled.
    /// </summary>
    public async Task<IReadOnlyList<FhirTask>> Replace(FhirTask? earlier, IEnumerable<FhirTask> required)
    {
        var open = earlier is null ? [] : (await Beside(earlier)).Where(t => TaskMoves.IsOpen(t.Status)).ToList();
        List<FhirTask> result = [];
        foreach (var task in required)
        {
            var same = open.Find(other => KindOf(other) == KindOf(task));
            if (same is null)
            {
                result.Add(await session.Resources.Create(access, task));
                continue;
            }

            open.Remove(same);
            (same.Owner, same.Priority, same.ReasonCode) = (task.Owner, task.Priority, task.ReasonCode);
            same.LastModifiedElement = task.LastModifiedElement;
            await session.Resources.Update(access, same);
            result.Add(same);
        }

        await Close(open, TaskStatus.Cancelled);
        return result;
    }

    /// <summary>Stores a Task unless one of its kind is still open in the journey.</summary>
    public async Task AddOnce(FhirTask task)
    {
        if (!(await Beside(task)).Any(other => TaskMoves.IsOpen(other.Status) && KindOf(other) == KindOf(task)))
            await session.Resources.Create(access, task);
    }

    /// <summary>Closes everything that is still open beside a care Task that was withdrawn.</summary>
    public async Task<IReadOnlyList<FhirTask>> CloseBeside(FhirTask care, TaskStatus status)
    {
        var open = (await Beside(care)).Where(task => TaskMoves.IsOpen(task.Status)).ToList();
        await Close(open, status);
        return open;
    }

    private async Task Close(IEnumerable<FhirTask> tasks, TaskStatus status)
    {
        foreach (var task in tasks)
        {
            task.Status = status;
            task.LastModifiedElement = new FhirDateTime(session.Now);
            await session.Resources.Update(access, task);
            await session.Timers.Cancel(WorkAbility.SafetyReviewDue.Kind, task.TypeName, task.Id!);
        }
    }

    private async Task<IReadOnlyList<FhirTask>> Beside(FhirTask care)
    {
        var page = await session.Resources.Search(access, new SearchQuery("Task")
        {
            Clauses = [new SearchClause.Token(
                "group-identifier", [new TokenValue(Systems.Journey, care.GroupIdentifier!.Value)])],
            OldestFirst = true,
        });
        return [.. page.Matches.Select(match => match.As<FhirTask>())
            .Where(task => task.Id != care.Id && task.Code?.Has(Systems.TaskKind, TaskKinds.WorkAbilityFollowUp) != true)];
    }

    private static string? KindOf(FhirTask task) =>
        task.Code?.Coding.Find(coding => coding.System == Systems.TaskKind)?.Code;
}
