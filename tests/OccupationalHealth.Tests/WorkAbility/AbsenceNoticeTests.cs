using System.Net;
using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace OccupationalHealth.Tests.WorkAbility;

/// <summary>Certificates, corrections, checkpoints, and what happens when nobody acts.</summary>
public sealed class AbsenceNoticeTests : IAsyncLifetime
{
    private readonly OccupationalHealthApplication app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_certificate_opens_the_follow_up_and_what_is_due_with_its_parties_and_days()
    {
        var answer = await app.Send(Notice());

        var followUp = answer.Task(TaskKinds.WorkAbilityFollowUp);
        Assert.Equal("oh-provider-a", followUp.Owner!.Identifier!.Value);
        Assert.Equal(["30-days 2026-12-01", "contact-before-end 2026-11-29"], Due(answer));
        var thirty = Checkpoint(answer, "30-days");
        Assert.Equal(["employer", "occupational-health"], thirty.PerformerType.Select(type => type.Coding[0].Code));
        Assert.Equal($"Task/{followUp.Id}", thirty.PartOf.Single().Reference);
        Assert.Equal(["sv", "en"], thirty.DescriptionElement!.Extension.Select(translation =>
            ((Code)translation.Extension[0].Value!).Value));
    }

    [Fact]
    public async Task A_placement_and_an_absence_have_the_same_follow_up()
    {
        var person = Example.NewPerson();
        var placed = await app.Send(Example.Fresh("03", person));
        var told = await app.Send(Notice(person));

        Assert.Equal(placed.Task(TaskKinds.WorkAbilityFollowUp).Id, told.Task(TaskKinds.WorkAbilityFollowUp).Id);
    }

    [Fact]
    public async Task Certificates_without_a_gap_are_one_absence_and_move_what_is_due()
    {
        var person = Example.NewPerson();
        var first = await app.Send(Notice(person, "2026-11-02", "2026-11-22"));
        Assert.Equal(["contact-before-end 2026-11-15"], Due(first));
        var second = await app.Send(Notice(person, "2026-11-23", "2026-12-06"));

        Assert.Equal(["30-days 2026-12-01", "contact-before-end 2026-11-29"], Due(second));
        Assert.Equal(Checkpoint(first, "contact-before-end").Id, Checkpoint(second, "contact-before-end").Id);
    }

    [Fact]
    public async Task A_correction_takes_back_what_is_not_due_any_more_and_a_withdrawal_takes_back_all()
    {
        var notice = Notice();
        var told = await app.Send(notice);
        Period(notice).End = "2026-11-25";
        var corrected = await app.Send(With(notice, "update"));

        Assert.Equal(["contact-before-end 2026-11-18"], Due(corrected));
        Assert.Equal(TaskStatus.Cancelled, (await app.Get<FhirTask>(Checkpoint(told, "30-days").Id!)).Status);
        Assert.Empty(Due(await app.Send(With(notice, "cancel"))));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Send(With(notice, "cancel"))).Status);
    }

    [Fact]
    public async Task What_was_done_is_not_asked_again_when_the_absence_is_told_anew()
    {
        var notice = Notice();
        var thirty = Checkpoint(await app.Send(notice), "30-days");
        await Complete(thirty);
        Period(notice).Start = "2026-10-30";

        Assert.Equal(["contact-before-end 2026-11-29"], Due(await app.Send(With(notice, "update"))));
    }

    [Fact]
    public async Task A_checkpoint_that_nobody_acts_on_is_escalated_when_its_day_is_over_and_not_before()
    {
        var thirty = Checkpoint(await app.Send(Notice()), "30-days");
        app.Time.Advance(new DateTimeOffset(2026, 12, 1, 21, 59, 59, TimeSpan.Zero) - app.Time.GetUtcNow());
        await app.RunTimers();
        Assert.Null((await app.Get<FhirTask>(thirty.Id!)).BusinessStatus);

        app.Time.Advance(TimeSpan.FromSeconds(2));
        await app.RunTimers();
        var escalated = await app.Get<FhirTask>(thirty.Id!);
        Assert.Equal(("escalated", RequestPriority.Asap),
            (escalated.BusinessStatus!.Coding[0].Code, escalated.Priority));
    }

    [Fact]
    public async Task What_was_done_in_time_is_left_alone()
    {
        var thirty = Checkpoint(await app.Send(Notice()), "30-days");
        await Complete(thirty);
        app.Time.Advance(TimeSpan.FromDays(30));
        await app.RunTimers();

        Assert.Null((await app.Get<FhirTask>(thirty.Id!)).BusinessStatus);
    }

    [Fact]
    public async Task A_statement_of_90_days_that_the_absence_never_reached_is_taken_back_and_not_escalated()
    {
        var ninety = Checkpoint(await app.Send(Notice(Example.NewPerson(), "2026-09-01", "2026-11-25")), "90-allowance-days");
        // From Saturday 12 September: 60 on 21 November, 88 on Christmas Eve, 90 on Tuesday 29 December.
        Assert.Equal("2026-12-29", ninety.Restriction!.Period!.End);
        app.Time.Advance(TimeSpan.FromDays(60));
        await app.RunTimers();

        Assert.Equal(TaskStatus.Cancelled, (await app.Get<FhirTask>(ninety.Id!)).Status);
    }

    [Fact]
    public async Task Deadlines_outlive_the_process()
    {
        var notice = Notice();
        var (thirty, contact) = (Checkpoint(await app.Send(notice), "30-days"), Checkpoint(
            await app.Send(With(notice, "update")), "contact-before-end"));
        var review = (await app.Send(Example.Fresh("06", Example.NewPerson()))).Task(TaskKinds.SafetyReview);
        await app.Restart();
        app.Time.Advance(TimeSpan.FromDays(15));
        await app.Restart();
        await app.RunTimers();

        foreach (var task in (FhirTask[])[thirty, contact, review])
            Assert.Equal("escalated", (await app.Get<FhirTask>(task.Id!)).BusinessStatus?.Coding[0].Code);
    }

    [Fact]
    public async Task Absences_count_together_for_the_30_days_where_the_contract_says_so()
    {
        var person = Example.NewPerson();
        await app.Send(Notice(person, "2026-10-01", "2026-10-25"));
        Assert.DoesNotContain("30-days", string.Join(',', Due(await app.Send(Notice(person, "2026-11-16", "2026-11-25")))));

        var contract = await app.Get<Contract>("contract-employer-a");
        contract.Term.Add(new Contract.TermComponent
        {
            Type = new CodeableConcept(Canonicals.CodeSystem("contract-term"), "accumulated-absence"),
            Offer = new Contract.ContractOfferComponent { Text = "Absences count together." },
        });
        var put = await app.Put(contract);
        Assert.True(put.Status is HttpStatusCode.OK, string.Join(';', put.Status is HttpStatusCode.OK ? [] : put.Faults));
        var notice = Notice(person, "2026-11-26", "2026-11-27");
        Assert.Contains("30-days 2026-11-20", Due(await app.Send(notice)));
    }

    [Fact]
    public async Task Every_fault_of_a_notice_is_named_and_nothing_is_stored()
    {
        var before = await app.Count("Observation");
        var notice = Notice();
        var absence = notice.All<Observation>().Single();
        (absence.Identifier, absence.Performer) = ([], []);
        absence.Value = new CodeableConcept(Canonicals.CodeSystem("absence"), "half");
        Period(notice).End = "2026-10-01";
        notice.Entry.Add(new Bundle.EntryComponent
        {
            FullUrl = "urn:uuid:condition", Resource = new Condition { Id = "condition", Subject = absence.Subject },
        });

        Assert.Equal(
            ["business-rule Bundle.entry[7].resource", "required Bundle.entry[1].resource.identifier",
                "required Bundle.entry[1].resource.effective", "code-invalid Bundle.entry[1].resource.value",
                "required Bundle.entry[1].resource.performer", "invariant Bundle.entry[1].resource.effective"],
            (await app.Send(notice)).Faults);
        Assert.Equal(before, await app.Count("Observation"));
    }

    [Fact]
    public async Task A_notice_of_somebody_who_is_no_known_provider_is_refused()
    {
        var notice = Notice();
        notice.All<Organization>().First(one => one.Identifier[0].Value == "oh-provider-a").Identifier[0].Value = "employer-b";

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await app.Send(notice)).Status);
    }

    private async Task Complete(FhirTask task)
    {
        foreach (var status in (TaskStatus[])[TaskStatus.Accepted, TaskStatus.InProgress, TaskStatus.Completed])
        {
            task.Status = status;
            var answer = await app.Put(task);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            task = (FhirTask)answer.Body;
        }
    }

    private static Bundle Notice(string? person = null, string first = "2026-11-02", string last = "2026-12-06")
    {
        var notice = Example.Message("13-*.json").Renew();
        notice.All<Patient>().Single().Identifier[0].Value = person ?? Example.NewPerson();
        notice.All<Observation>().Single().Identifier[0].Value = Guid.CreateVersion7().ToString();
        (Period(notice).Start, Period(notice).End) = (first, last);
        return notice;
    }

    private static Bundle With(Bundle notice, string reason)
    {
        notice.Renew().MessageHeader().Reason!.Coding[0].Code = reason;
        return notice;
    }

    private static Period Period(Bundle notice) => (Period)notice.All<Observation>().Single().Effective!;

    private static FhirTask Checkpoint(Answer answer, string code) => answer.All<FhirTask>()
        .Single(task => task.Code!.Has(Canonicals.CodeSystem("absence-checkpoint"), code));

    private static IReadOnlyList<string> Due(Answer answer) =>
        [.. answer.All<FhirTask>().Where(task => task.Code!.Has(Systems.TaskKind, TaskKinds.AbsenceCheckpoint))
            .Select(task => $"{task.Code!.Coding[1].Code} {task.Restriction!.Period!.End}")];
}
