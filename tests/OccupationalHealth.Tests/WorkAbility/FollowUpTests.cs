using System.Net;
using Fhir;
using FsCheck;
using FsCheck.Fluent;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace OccupationalHealth.Tests.WorkAbility;

public sealed class FollowUpTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    [Fact]
    public async Task A_new_placement_continues_the_follow_up_wherever_care_is_given()
    {
        var person = Example.NewPerson();
        var atRegion = await app.Send(Example.Fresh("03", person));
        var inOccupationalHealth = await app.Send(Example.Fresh("02", person));

        var followUp = inOccupationalHealth.Task(TaskKinds.WorkAbilityFollowUp);
        Assert.Equal(atRegion.Task(TaskKinds.WorkAbilityFollowUp).Id, followUp.Id);
        Assert.Equal("oh-provider-a", followUp.Owner!.Identifier!.Value);
        Assert.Equal($"CarePlan/{inOccupationalHealth.One<CarePlan>().Id}", followUp.BasedOn.Single().Reference);
        Assert.Equal(followUp.Id, Assert.Single(await Open(atRegion)).Id);
    }

    [Fact]
    public async Task A_follow_up_that_was_begun_goes_on_when_the_region_sends_the_person_back()
    {
        var message = Example.Fresh("03", Example.NewPerson());
        var answer = await app.Send(message);
        await Move(answer.Task(TaskKinds.WorkAbilityFollowUp), TaskStatus.Accepted);
        var rejection = Example.Referral("12d").Renew();
        var (task, sent) = (rejection.All<FhirTask>().Single(), message.All<FhirTask>().Single());
        (task.Identifier, task.GroupIdentifier) = (sent.Identifier, sent.GroupIdentifier);
        await app.Deliver<HandoffResponse>(rejection);

        Assert.Equal(TaskStatus.Rejected, (await app.Get<FhirTask>(answer.Task(TaskKinds.Care).Id!)).Status);
        Assert.Equal(TaskStatus.Accepted, Assert.Single(await Open(answer)).Status);
    }

    [Fact]
    public async Task A_withdrawn_placement_ends_the_follow_up_only_when_no_other_placement_has_it()
    {
        var person = Example.NewPerson();
        var (first, second) = (Example.Fresh("03", person), Example.Fresh("02", person));
        var answer = await app.Send(first);
        await app.Send(second);

        await app.Send(Cancellation(second));
        Assert.Single(await Open(answer));
        await app.Send(Cancellation(first));
        Assert.Empty(await Open(answer));
    }

    [Fact]
    public async Task On_a_change_of_employer_the_former_unit_follows_up_until_the_new_one_has_accepted()
    {
        var (answer, former) = await Placed();
        var handed = await HandOver(former, Consent(former, "oh-provider-b"));
        Assert.Equal(HttpStatusCode.OK, handed.Status);
        var successor = (FhirTask)handed.Body;
        Assert.Equal((TaskStatus.Requested, "oh-provider-b"), (successor.Status, successor.Owner!.Identifier!.Value));
        Assert.Equal(TaskStatus.Requested, (await app.Get<FhirTask>(former.Id!)).Status);

        await Move(successor, TaskStatus.Accepted);
        var ended = await app.Get<FhirTask>(former.Id!);
        Assert.Equal((TaskStatus.Completed, "handed-over"), (ended.Status, ended.BusinessStatus!.Coding[0].Code));
        Assert.Equal(successor.Id, Assert.Single(await Open(answer)).Id);
        var plan = await app.Get<CarePlan>(answer.One<CarePlan>().Id!);
        Assert.Contains(plan.Activity, activity => activity.Reference?.Reference == $"Task/{successor.Id}");
    }

    [Fact]
    public async Task A_unit_that_does_not_take_over_leaves_the_follow_up_where_it_was()
    {
        var (answer, former) = await Placed();
        var successor = (FhirTask)(await HandOver(former, Consent(former, "oh-provider-b"))).Body;
        await Move(successor, TaskStatus.Rejected);

        Assert.Equal(former.Id, Assert.Single(await Open(answer)).Id);
    }

    [Fact]
    public async Task A_follow_up_moves_only_with_a_consent_that_names_the_new_unit_and_every_fault_is_named()
    {
        var (answer, former) = await Placed();
        var consent = Consent(former, "oh-provider-a");
        (consent.Status, consent.DateTime) = (ConsentState.Inactive, "2026-12-24");
        const string Path = "Parameters.parameter('consent').resource";

        Assert.Equal(
            [$"value {Path}.status", $"value {Path}.dateTime", $"required {Path}.provision.actor"],
            (await HandOver(former, consent)).Faults);
        Assert.Equal(["required Parameters.parameter('consent').resource"], (await HandOver(former, null)).Faults);
        var another = Consent(former, "oh-provider-b");
        another.Patient = new ResourceReference("Patient/somebody-else");
        Assert.Equal([$"value {Path}.patient"], (await HandOver(former, another)).Faults);
        Assert.Single(await Open(answer));
    }

    private enum Step { PlaceAtRegion, PlaceInOccupationalHealth, PlaceElsewhere, Withdraw, HandOver, Accept }

    // Whatever happens, in whatever order: every placement that stands has one open follow-up, and that has an owner.
    [Fact]
    public void Every_placement_that_stands_has_exactly_one_follow_up_with_a_named_owner() =>
        Prop.ForAll(ArbMap.Default.ArbFor<Step[]>(), steps => Holds(steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25).WithEndSize(8));

    private async Task<bool> Holds(Step[] steps)
    {
        var person = Example.NewPerson();
        List<(Bundle Message, Answer Answer)> placed = [];
        foreach (var step in steps)
        {
            if (step is Step.PlaceAtRegion or Step.PlaceInOccupationalHealth or Step.PlaceElsewhere)
            {
                var message = Example.Fresh(step switch
                {
                    Step.PlaceAtRegion => "03",
                    Step.PlaceInOccupationalHealth => "02",
                    _ => "08",
                }, person);
                placed.Add((message, await app.Send(message)));
            }
            else if (placed is [.., var last])
            {
                await Do(step, last);
            }
        }

        foreach (var (_, answer) in placed)
        {
            var plan = await app.Get<CarePlan>(answer.One<CarePlan>().Id!);
            if (plan.Status is RequestStatus.Revoked)
                continue;
            var named = plan.Activity.Select(activity => activity.Reference?.Reference).OfType<string>().ToList();
            var followUp = (await Open(answer)).Where(task => named.Contains($"Task/{task.Id}")).ToList();
            if (named.Count != 1 || followUp is not [{ Owner.Identifier.Value.Length: > 0 }])
                return false;
        }

        return true;
    }

    private async Task Do(Step step, (Bundle Message, Answer Answer) last)
    {
        var open = await Open(last.Answer);
        if (step is Step.Withdraw)
            await app.Send(Cancellation(last.Message));
        else if (step is Step.HandOver && open.Count > 0)
            await HandOver(open[^1], Consent(open[^1], "oh-provider-b"));
        else if (open.FirstOrDefault(task => task.Status is TaskStatus.Requested) is { } waiting)
            await Move(waiting, TaskStatus.Accepted);
    }

    private async Task<(Answer Answer, FhirTask FollowUp)> Placed()
    {
        var answer = await app.Send(Example.Fresh("03", Example.NewPerson()));
        return (answer, answer.Task(TaskKinds.WorkAbilityFollowUp));
    }

    private async Task<IReadOnlyList<FhirTask>> Open(Answer answer) =>
        [.. (await app.Search<FhirTask>($"Task?subject={answer.One<CarePlan>().Subject!.Reference}"
            + $"&code={Systems.TaskKind}|{TaskKinds.WorkAbilityFollowUp}"))
            .Where(task => task.Status is TaskStatus.Requested or TaskStatus.Accepted)];

    private async Task Move(FhirTask task, TaskStatus to)
    {
        task.Status = to;
        Assert.Equal(HttpStatusCode.OK, (await app.Put(task)).Status);
    }

    private Task<Answer> HandOver(FhirTask followUp, Consent? consent)
    {
        var input = new Parameters();
        input.Parameter.Add(new Parameters.ParameterComponent
        {
            Name = "receiver", Value = new Identifier(Systems.Organisation, "oh-provider-b"),
        });
        if (consent is not null)
            input.Parameter.Add(new Parameters.ParameterComponent { Name = "consent", Resource = consent });
        return app.Post($"Task/{followUp.Id}/$hand-over", input);
    }

    private static Consent Consent(FhirTask followUp, string unit)
    {
        var consent = (Consent)Example.Resource("11-*.json");
        consent.Patient = followUp.For!.Clone();
        consent.Provision!.Actor.Single().Reference!.Identifier = new Identifier(Systems.Organisation, unit);
        return consent;
    }

    private static Bundle Cancellation(Bundle referral)
    {
        var message = Example.Confirmation(referral);
        message.MessageHeader().Reason!.Coding[0].Code = "cancel";
        message.All<FhirTask>().Single().Status = TaskStatus.Cancelled;
        return message;
    }
}
