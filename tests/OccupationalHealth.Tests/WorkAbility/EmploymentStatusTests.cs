using Fhir;
using Messages;

namespace OccupationalHealth.Tests.WorkAbility;

public sealed class EmploymentStatusTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    [Fact]
    public async Task A_new_employment_status_closes_the_former_and_shows_on_the_plan_and_the_follow_up()
    {
        const string Person = "030516D9037";
        var referral = await app.Send(Example.Fresh("02", Person));
        await Deliver(Status("10a", Person));
        await Deliver(Status("10b", Person));

        var statuses = await Statuses(referral.One<CarePlan>());
        Assert.Equal(2, statuses.Count);
        var (plan, followUp) = await Shown(referral);
        Assert.Equal(statuses.Select(status => $"Observation/{status.Id}").Order(), plan.Order());
        Assert.Equal(plan, followUp);
    }

    [Fact]
    public async Task The_former_employment_status_ends_the_day_before_the_new_one_begins()
    {
        const string Person = "030516D9048";
        var plan = (await app.Send(Example.Fresh("02", Person))).One<CarePlan>();
        await Deliver(Status("10a", Person));
        await Deliver(Status("10b", Person));

        Assert.Equal([("2022-03-01", "2026-10-11"), ("2026-10-12", null)], await Periods(plan));
    }

    [Fact]
    public async Task Employment_statuses_that_arrive_in_another_order_make_the_same_history()
    {
        const string Person = "030516D9059";
        var plan = (await app.Send(Example.Fresh("02", Person))).One<CarePlan>();
        foreach (var example in (string[])["10c", "10a", "10b"])
            await Deliver(Status(example, Person));

        Assert.Equal(
            [("2022-03-01", "2026-10-11"), ("2026-10-12", "2026-11-15"), ("2026-11-16", null)], await Periods(plan));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_withdrawn_employment_status_makes_the_former_current_again(bool byStatus, bool byReason)
    {
        var person = byStatus ? "030516D906A" : "030516D907B";
        var plan = (await app.Send(Example.Fresh("02", person))).One<CarePlan>();
        await Deliver(Status("10a", person));
        await Deliver(Status("10b", person));
        var wrong = Status("10b", person);
        if (byStatus)
            wrong.All<Observation>().Single().Status = ObservationStatus.EnteredInError;
        if (byReason)
            wrong.MessageHeader().Reason = new CodeableConcept(Systems.MessageReason, Reasons.Cancel);
        await Deliver(wrong);

        var statuses = await Statuses(plan);
        Assert.Equal(2, statuses.Count);
        Assert.Equal("2026-10-12", Start(Assert.Single(
            statuses, status => status.Status is ObservationStatus.EnteredInError)));
        Assert.Equal([("2022-03-01", null)], await Periods(plan));
    }

    [Fact]
    public async Task An_employment_status_shows_at_the_unit_that_the_consent_names_and_at_no_other()
    {
        const string Person = "030516D908C";
        var (atA, atB) = (await app.Send(Example.Fresh("02", Person)), await app.Send(Example.Fresh("08", Person)));

        await Deliver(Status("10a", Person, "oh-provider-b"));
        Assert.Single((await Shown(atB)).Plan);
        Assert.Empty((await Shown(atA)).Plan);
        Assert.Empty((await Shown(atA)).FollowUp);

        await Deliver(Status("10a", Person, "oh-provider-a"));
        Assert.Single((await Shown(atA)).Plan);
        Assert.Single((await Shown(atA)).FollowUp);
        Assert.Single((await Shown(atB)).Plan);
        Assert.Single(await Statuses(atA.One<CarePlan>()));
    }

    [Theory]
    [InlineData("employer-b")]
    [InlineData("oh-provider-nobody-knows")]
    [InlineData(null)]
    public async Task An_employment_status_for_a_receiver_that_is_no_known_provider_is_refused(string? receiver)
    {
        const string Person = "030516D909D";
        var referral = await app.Send(Example.Fresh("02", Person));
        var (before, message) = (await app.Count("Observation"), Status("10a", Person, receiver));
        await Deliver(message);

        Assert.Equal("refused", await app.InboxState(message));
        Assert.Equal(before, await app.Count("Observation"));
        Assert.Empty((await Shown(referral)).Plan);
    }

    [Fact]
    public async Task An_employment_status_without_a_period_is_refused()
    {
        var before = await app.Count("Observation");
        var message = Status("10a", "030516D9026");
        message.All<Observation>().Single().Effective = null;
        await Deliver(message);

        Assert.Equal("refused", await app.InboxState(message));
        Assert.Equal(before, await app.Count("Observation"));
    }

    private Task Deliver(Bundle message) => app.Deliver<EmploymentStatusForOccupationalHealth>(message);

    private Task<IReadOnlyList<Observation>> Statuses(CarePlan plan) =>
        app.Search<Observation>($"Observation?code=74165-2&patient={plan.Subject!.Reference}");

    // First and last day of those that were not withdrawn, in order.
    private async Task<IReadOnlyList<(string?, string?)>> Periods(CarePlan plan) =>
        [.. (await Statuses(plan)).Where(status => status.Status is not ObservationStatus.EnteredInError)
            .OrderBy(Start).Select(status => (Start(status), ((Period)status.Effective!).End))];

    private static string? Start(Observation status) => ((Period)status.Effective!).Start;

    private async Task<(IReadOnlyList<string?> Plan, IReadOnlyList<string?> FollowUp)> Shown(Answer referral)
    {
        var plan = await app.Get<CarePlan>(referral.One<CarePlan>().Id!);
        var followUp = referral.All<FhirTask>()
            .FirstOrDefault(task => task.Code!.Has(Systems.TaskKind, TaskKinds.WorkAbilityFollowUp));
        var inputs = followUp is null ? [] : (await app.Get<FhirTask>(followUp.Id!)).Input;
        return (
            Observations(plan.SupportingInfo),
            Observations(inputs.Select(input => input.Value).OfType<ResourceReference>()));
    }

    private static IReadOnlyList<string?> Observations(IEnumerable<ResourceReference> references) =>
        [.. references.Select(reference => reference.Reference)
            .Where(reference => reference!.StartsWith("Observation/", StringComparison.Ordinal))];

    private static Bundle Status(string example, string identityCode, string? receiver = "oh-provider-a")
    {
        var message = Example.Message($"{example}-*.json").Renew();
        message.All<Patient>().Single().Identifier[0].Value = identityCode;
        if (receiver is not null)
            message.MessageHeader().Destination.Add(new MessageHeader.MessageDestinationComponent
            {
                Endpoint = $"urn:omh:{ServiceNames.OccupationalHealth}",
                Receiver = new ResourceReference { Identifier = new Identifier(Systems.Organisation, receiver) },
            });
        return message;
    }
}
