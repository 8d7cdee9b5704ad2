using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// The clocks that the law sets to the place of care: access to care, therapy guarantee, assessment and treatment in
/// specialised care. A clock that has passed while nobody began becomes a Task of the unit that referred; who gives the
/// care stays responsible.
/// </summary>
internal static class CareDeadlines
{
    public const string MedicalException = "medical-exception";

    /// <summary>Contact is told by acknowledgements, which have deadlines of their own.</summary>
    public static readonly IReadOnlyDictionary<DeadlineKind, Wording> Watched = new Dictionary<DeadlineKind, Wording>
    {
        [DeadlineKind.AccessToCare] = new(
            "Hoitoon pääsyn määräaika on ylittynyt: selvitä alueelta, milloin hoito alkaa.",
            "Tidsfristen för tillgång till vård har överskridits: ta reda på när vården börjar.",
            "The time limit of access to care has passed: find out from the region when care begins."),
        [DeadlineKind.TherapyGuarantee] = new(
            "Terapiatakuun määräaika on ylittynyt: selvitä alueelta, milloin hoito alkaa.",
            "Terapigarantins tidsfrist har överskridits: ta reda på när vården börjar.",
            "The time limit of the therapy guarantee has passed: find out from the region when treatment begins."),
        [DeadlineKind.Treatment] = new(
            "Erikoissairaanhoidon aloittamisen määräaika on ylittynyt: selvitä, milloin hoito alkaa.",
            "Tidsfristen för att inleda specialiserad vård har överskridits: ta reda på när vården börjar.",
            "The time limit for treatment in specialised care has passed: find out when it begins."),
        [DeadlineKind.ReferralAssessment] = new(
            "Lähetteen käsittelyn määräaika on ylittynyt: selvitä, mitä lähetteestä on päätetty.",
            "Tidsfristen för bedömning av remissen har överskridits: ta reda på vad som beslutats.",
            "The time limit for assessing the referral has passed: find out what was decided."),
        [DeadlineKind.NeedAssessment] = new(
            "Hoidon tarpeen arvioinnin määräaika on ylittynyt: selvitä, missä arviointi on.",
            "Tidsfristen för bedömning av vårdbehovet har överskridits: ta reda på hur bedömningen framskrider.",
            "The time limit for assessing the need of care has passed: find out how the assessment stands."),
    };

    public static string TimerOf(DeadlineKind kind) => $"deadline-{kind.Code()}";

    /// <summary>Sets the clocks of a placement, in place of those that it had before.</summary>
    public static async Task Watch(Session session, FhirTask care, IReadOnlyList<Deadline> deadlines)
    {
        foreach (var kind in Watched.Keys)
            if (deadlines.FirstOrDefault(deadline => deadline.Kind == kind && deadline.Binding) is { } deadline)
                await session.Timers.Set(
                    TimerOf(kind), care.TypeName, care.Id!, FinnishTime.EndOf(deadline.By).AddSeconds(1));
            else
                await session.Timers.Cancel(TimerOf(kind), care.TypeName, care.Id!);
    }

    /// <summary>Whether what the clock is about has not happened while it could.</summary>
    public static bool HasPassed(DeadlineKind kind, FhirTask care) => kind switch
    {
        DeadlineKind.ReferralAssessment or DeadlineKind.NeedAssessment =>
            care.Status is TaskStatus.Requested or TaskStatus.Received,
        // A medical reason for a later beginning is recorded by whoever treats.
        DeadlineKind.TherapyGuarantee when care.Output.Exists(output =>
            output.Type?.Has(Systems.TaskOutput, MedicalException) == true) => false,
        _ => care.Status is TaskStatus.Requested or TaskStatus.Received or TaskStatus.Accepted,
    };
}

/// <summary>Acts when one of the clocks of <see cref="CareDeadlines"/> has run out.</summary>
public sealed class CareDeadlinePassed : ITimerHandler
{
    public async Task Due(TimerRow timer, Access access, Session session, CancellationToken cancel)
    {
        var kind = CareDeadlines.Watched.Keys.First(one => CareDeadlines.TimerOf(one) == timer.Kind);
        if (await session.Resources.Get<FhirTask>(access, timer.ResourceId) is not { } care
            || !CareDeadlines.HasPassed(kind, care) || !care.For!.TryGetLocal(out _, out var person))
            return;
        var plan = await CarePlans.Of(session, access, care);
        var task = WorkAbilityTask.New(TaskKinds.DeadlinePassed, CareDeadlines.Watched[kind], person, plan.Author!,
            care.GroupIdentifier!.Value!, session.Now);
        task.Code!.Coding.Add(new Coding(Terms.Deadline, kind.Code()));
        task.Priority = RequestPriority.Asap;
        task.Focus = new ResourceReference($"Task/{care.Id}");
        task.BasedOn = [new ResourceReference($"CarePlan/{plan.Id}")];
        await session.Resources.Create(access, task);
    }
}
