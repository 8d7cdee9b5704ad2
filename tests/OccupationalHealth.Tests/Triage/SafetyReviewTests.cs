using System.Net;
using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace OccupationalHealth.Tests.Triage;

public sealed class SafetyReviewTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    private const string Unit = "Organization/oh-provider-a";

    // The total is 1, and in the second row it cannot be told at all.
    [Theory]
    [InlineData(0)]
    [InlineData(null)]
    public async Task A_stored_answer_to_item_9_raises_a_flag_and_opens_a_review_of_the_same_day(int? first)
    {
        var person = await Person();
        await Store(Sheet.Of("phq-9", first, 0, 0, 0, 0, 0, 0, 0, 1).Of(person, Unit));

        Assert.Equal(FlagStatus.Active, Assert.Single(await Flags(person)).Status);
        var review = Assert.Single(await Reviews(person));
        Assert.Equal((Unit, RequestPriority.Asap), (review.Owner!.Reference, review.Priority));
        Assert.Equal("2026-11-20T23:59:59+02:00", review.Restriction!.Period!.End);
        Assert.Equal(first is null ? 0 : 1, (await app.Search<Observation>($"Observation?patient={person}")).Count);
    }

    [Fact]
    public async Task Without_such_an_answer_there_is_neither()
    {
        var person = await Person();
        await Store(Sheet.Of("phq-9", 3, 3, 3, 3, 3, 3, 3, 3, 0).Of(person, Unit));

        Assert.Empty(await Flags(person));
        Assert.Empty(await Reviews(person));
    }

    [Fact]
    public async Task A_review_outside_of_a_placement_goes_to_the_professionals_unit_when_nobody_does_it()
    {
        var person = await Person();
        var role = new PractitionerRole
        {
            Id = Guid.CreateVersion7().ToString(), Organization = new ResourceReference(Unit),
        };
        await app.Store(role);
        await Store(Sheet.Of("phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 2).Of(person, $"PractitionerRole/{role.Id}"));
        Assert.Equal($"PractitionerRole/{role.Id}", Assert.Single(await Reviews(person)).Owner!.Reference);

        app.Time.Advance(TimeSpan.FromHours(4));
        await app.RunTimers();

        var escalated = Assert.Single(await Reviews(person));
        Assert.Equal((Unit, RequestPriority.Stat), (escalated.Owner!.Reference, escalated.Priority));
    }

    [Fact]
    public async Task In_an_open_referral_the_review_joins_its_journey_and_the_handoff_that_leaves_says_so()
    {
        var message = Example.Fresh("01");
        var care = (await app.Send(message)).Task(TaskKinds.Care);
        Assert.True(care.For!.TryGetLocal(out _, out var person));
        await Store(Sheet.Of("phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 1).Of(person));

        var review = Assert.Single(await Reviews(person));
        Assert.Equal(message.Journey(), review.GroupIdentifier!.Value);
        Assert.Equal(care.Requester!.Reference, review.Owner!.Reference);

        Assert.Equal(HttpStatusCode.OK, (await app.Send(Example.Confirmation(message))).Status);
        var left = (await app.Outgoing(message.Journey())).Single().All<FhirTask>()
            .Single(task => task.Code!.Has(Systems.TaskKind, TaskKinds.Care));
        Assert.Contains(left.Extension, e => e is { Value: Code { Value: "open" } }
            && e.Url!.EndsWith("/safety-review", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_referral_raises_the_flag_in_the_same_way_and_a_second_answer_opens_no_second_review()
    {
        var answer = await app.Send(Example.Fresh("06", "020594X903P"));
        Assert.True(answer.Task(TaskKinds.Care).For!.TryGetLocal(out _, out var person));
        Assert.Single(await Flags(person));

        await Store(Sheet.Of("phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 3).Of(person));

        Assert.Equal(answer.Task(TaskKinds.SafetyReview).Id, Assert.Single(await Reviews(person)).Id);
        Assert.Single(await Flags(person));
    }

    [Fact]
    public async Task An_update_of_the_referral_neither_ends_nor_postpones_a_review_that_stored_answers_opened()
    {
        var message = Example.Fresh("01", "030594W903B");
        Assert.True((await app.Send(message)).Task(TaskKinds.Care).For!.TryGetLocal(out _, out var person));
        await Store(Sheet.Of("phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 1).Of(person));
        app.Time.Advance(TimeSpan.FromHours(3));

        message.Renew().MessageHeader().Reason!.Coding[0].Code = "update";
        var care = (await app.Send(message)).Task(TaskKinds.Care);

        Assert.Contains(care.Extension, e => e is { Value: Code { Value: "open" } });
        Assert.Equal(RequestPriority.Asap, Assert.Single(await Reviews(person)).Priority);
        app.Time.Advance(TimeSpan.FromHours(1));
        await app.RunTimers();
        var review = Assert.Single(await Reviews(person));
        Assert.Equal((RequestPriority.Stat, TaskStatus.Requested), (review.Priority, review.Status));
    }

    [Fact]
    public async Task The_flag_goes_when_the_review_was_done()
    {
        var person = await Person();
        await Store(Sheet.Of("phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 1).Of(person, Unit));
        var review = Assert.Single(await Reviews(person));
        foreach (var status in (TaskStatus[])[TaskStatus.Accepted, TaskStatus.InProgress, TaskStatus.Completed])
        {
            Assert.Equal(FlagStatus.Active, Assert.Single(await Flags(person)).Status);
            review.Status = status;
            review = (FhirTask)(await app.Put(review)).Body;
        }

        Assert.Equal(FlagStatus.Inactive, Assert.Single(await Flags(person)).Status);
    }

    [Fact]
    public async Task The_mark_on_the_care_goes_with_the_review_and_a_new_answer_opens_a_new_one()
    {
        var care = (await app.Send(Example.Fresh("06", "030694W9024"))).Task(TaskKinds.Care);
        Assert.True(care.For!.TryGetLocal(out _, out var person));
        var review = Assert.Single(await Reviews(person));
        foreach (var status in (TaskStatus[])[TaskStatus.Accepted, TaskStatus.InProgress, TaskStatus.Completed])
        {
            review.Status = status;
            review = (FhirTask)(await app.Put(review)).Body;
        }

        Assert.Contains((await app.Get<FhirTask>(care.Id!)).Extension, e => e is { Value: Code { Value: "done" } });
        await Store(Sheet.Of("phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 1).Of(person));
        Assert.Equal(2, (await Reviews(person)).Count);
        Assert.Equal(2, (await Flags(person)).Count);
        Assert.Contains((await app.Get<FhirTask>(care.Id!)).Extension, e => e is { Value: Code { Value: "open" } });
    }

    [Fact]
    public async Task A_correction_changes_the_total_in_its_place_and_a_withdrawal_withdraws_it()
    {
        var person = await Person();
        var stored = await Store(Sheet.Of("phq-9", 1, 1, 1, 1, 1, 1, 1, 1, 0).Of(person, Unit));
        stored.Status = QuestionnaireResponseStatus.Amended;
        stored.Item[0].Answer[0].Value = new Integer(3);
        stored = (QuestionnaireResponse)(await app.Put(stored)).Body;

        var total = Assert.Single(await app.Search<Observation>($"Observation?patient={person}"));
        Assert.Equal((10, ObservationStatus.Amended), (((Quantity)total.Value!).Value!.Value, total.Status!.Value));

        stored.Status = QuestionnaireResponseStatus.EnteredInError;
        Assert.Equal(HttpStatusCode.OK, (await app.Put(stored)).Status);
        Assert.Equal(ObservationStatus.EnteredInError, (await app.Get<Observation>(total.Id!)).Status);
    }

    [Fact]
    public async Task Who_receives_the_answers_is_asked_for_whatever_they_are()
    {
        var person = await Person();
        var response = Sheet.Of("phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 0).Of(person);
        response.Authored = "2026-11-23";

        Assert.Equal(
            ["value QuestionnaireResponse.authored", "required QuestionnaireResponse.author"],
            (await app.Post("QuestionnaireResponse", response)).Faults);
        Assert.Equal(
            ["not-found QuestionnaireResponse.subject"],
            (await app.Post("QuestionnaireResponse", Sheet.Of("isi", 0, 0, 0, 0, 0, 0, 0).Of("nobody", Unit))).Faults);
    }

    private async Task<string> Person()
    {
        var person = new Patient { Id = Guid.CreateVersion7().ToString() };
        await app.Store(person);
        return person.Id;
    }

    private async Task<QuestionnaireResponse> Store(QuestionnaireResponse response)
    {
        var answer = await app.Post("QuestionnaireResponse", response);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return (QuestionnaireResponse)answer.Body;
    }

    private Task<IReadOnlyList<Flag>> Flags(string person) => app.Search<Flag>($"Flag?patient={person}");

    private async Task<IReadOnlyList<FhirTask>> Reviews(string person) =>
        [.. (await app.Search<FhirTask>($"Task?patient={person}"))
            .Where(task => task.Code!.Has(Systems.TaskKind, TaskKinds.SafetyReview))];
}
