using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using OccupationalHealth.WorkAbility;
using ServiceKit.Storage;

namespace OccupationalHealth.Triage;

/// <summary>
/// The one way of what follows when somebody tells of self-harm: a Flag on the person and a review Task of the same day
/// with owner and escalation. It goes beside the placement and the handoff and holds neither up.
/// </summary>
internal sealed class SafetyReviews(Session session, Access access)
{
    /// <summary>Watches reviews that a placement has opened, and raises the flag of their person.</summary>
    public async Task Watch(IEnumerable<FhirTask> tasks, DateOnly today)
    {
        foreach (var review in tasks.Where(SafetyReviewDue.IsOpenReview))
        {
            // One that was open before keeps its time: an update of the referral postpones nothing.
            if (review.Meta?.VersionId == "1")
                await SafetyReviewDue.Watch(session, review, today);
            await Raise(review.For!);
        }
    }

    /// <summary>Whether answers that were stored by themselves wait for their review, among a person's open Tasks.</summary>
    public static bool WaitIn(IEnumerable<FhirTask> open) => open.Any(task => SafetyReviewDue.IsOpenReview(task)
        && task.Focus?.TryGetLocal(out var type, out _) == true && type == "QuestionnaireResponse");

    /// <summary>Opens a review for stored answers, in the person's open referral where there is one.</summary>
    public async Task OpenFor(QuestionnaireResponse response, ReviewReceiver receiver)
    {
        var subject = new ResourceReference($"Patient/{receiver.Patient}");
        if (await Open(subject) is { Count: > 0 })
            await Raise(subject);
        else
            await Open(response, receiver, subject);
        if (receiver.Care is { } care)
            await Mark(care, "open");
    }

    private async Task Open(QuestionnaireResponse response, ReviewReceiver receiver, ResourceReference subject)
    {
        var today = FinnishTime.DateOf(session.Now);
        var placed = new Placed(
            subject.Reference!, $"QuestionnaireResponse/{response.Id}",
            receiver.Care?.GroupIdentifier?.Value ?? ResourceStore.NewId(), "", session.Now)
        {
            GuidanceId = "",
            CarePlanId = receiver.Care is { } care ? CarePlans.IdOf(care) : null,
            Sender = receiver.Unit ?? receiver.Owner!,
            Requester = receiver.Owner!,
            Provider = null,
            Region = null,
            CareOwner = null,
        };
        var review = PlacementTasks.Of(
            new RequiredTask(TaskKind.SafetyReview, TaskOwner.Sender, Urgency.Asap, today), placed, null);
        review.Requester = (receiver.Unit ?? receiver.Owner!).Clone();
        await session.Resources.Create(access, review);
        await Watch([review], today);
    }

    /// <summary>A review was done: the flag goes when no other review of the person is open.</summary>
    public async Task Close(FhirTask review)
    {
        if ((await Open(review.For!)).Any(other => other.Id != review.Id))
            return;
        foreach (var flag in await Flags(review.For!))
        {
            flag.Status = FlagStatus.Inactive;
            flag.Period!.EndElement = new FhirDateTime(session.Now);
            await session.Resources.Update(access, flag);
        }

        foreach (var care in (await Of<FhirTask>(review.For!))
            .Where(task => task.GetExtension(Terms.SafetyReviewExtension)?.Value is Code { Value: "open" }))
            await Mark(care, "done");
    }

    private async Task Raise(ResourceReference person)
    {
        if ((await Flags(person)).Count > 0)
            return;
        await session.Resources.Create(access, new Flag
        {
            Language = "fi",
            Status = FlagStatus.Active,
            // http://terminology.hl7.org/CodeSystem/flag-category
            Category = [new CodeableConcept("http://terminology.hl7.org/CodeSystem/flag-category", "safety")],
            Code = DescribeScore.Safety(),
            Subject = person.Clone(),
            Period = new Period(new FhirDateTime(session.Now), null),
        });
    }

    // The time of its last change stays: by it the sender's next update is known to be newer.
    private async Task Mark(FhirTask care, string state)
    {
        care.SetExtension(Terms.SafetyReviewExtension, new Code(state));
        await session.Resources.Update(access, care);
    }

    private async Task<List<FhirTask>> Open(ResourceReference person) =>
        person.TryGetLocal(out _, out var id)
            ? await new OpenTasks(session, access, TaskKinds.SafetyReview).Of(id)
            : [];

    private async Task<List<Flag>> Flags(ResourceReference person) =>
        [.. (await Of<Flag>(person)).Where(flag =>
            flag.Status is FlagStatus.Active && flag.Code?.Has(Terms.Flag, Terms.SelfHarmAnswer) == true)];

    private async Task<IReadOnlyList<T>> Of<T>(ResourceReference person) where T : Resource, new() =>
        person.TryGetLocal(out var type, out var id)
            ? await session.Resources.FindByReference<T>(access, "subject", type, id)
            : [];
}
