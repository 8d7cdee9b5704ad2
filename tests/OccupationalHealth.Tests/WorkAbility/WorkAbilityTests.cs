using System.Net;
using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace OccupationalHealth.Tests.WorkAbility;

public sealed class WorkAbilityTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    [Fact]
    public async Task A_safety_review_that_nobody_does_is_escalated_to_the_unit_the_same_day()
    {
        var review = (await app.Send(Example.Fresh("06"))).Task(TaskKinds.SafetyReview);
        Assert.StartsWith("PractitionerRole/", review.Owner!.Reference, StringComparison.Ordinal);
        Assert.Equal("2026-11-20T23:59:59+02:00", review.Restriction!.Period!.End);

        await app.RunTimers();
        Assert.Equal(RequestPriority.Asap, (await app.Get<FhirTask>(review.Id!)).Priority);

        app.Time.Advance(TimeSpan.FromHours(4));
        await app.RunTimers();
        var escalated = await app.Get<FhirTask>(review.Id!);
        Assert.Equal(RequestPriority.Stat, escalated.Priority);
        Assert.Equal("oh-provider-a", escalated.Owner!.Identifier!.Value);
    }

    [Fact]
    public async Task A_safety_review_that_was_done_is_left_alone()
    {
        var review = (await app.Send(Example.Fresh("06"))).Task(TaskKinds.SafetyReview);
        foreach (var status in (TaskStatus[])[TaskStatus.Accepted, TaskStatus.InProgress, TaskStatus.Completed])
        {
            review.Status = status;
            var answer = await app.Put(review);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            review = (FhirTask)answer.Body;
        }

        app.Time.Advance(TimeSpan.FromHours(5));
        await app.RunTimers();
        Assert.Equal(TaskStatus.Completed, (await app.Get<FhirTask>(review.Id!)).Status);
        Assert.Equal(RequestPriority.Asap, (await app.Get<FhirTask>(review.Id!)).Priority);
    }

    [Fact]
    public async Task Tasks_are_not_created_by_REST()
    {
        var task = (await app.Send(Example.Fresh("02"))).Task(TaskKinds.WorkAbilityFollowUp);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await app.Post("Task", task)).Status);
    }

    [Theory]
    [InlineData(TaskStatus.Completed, HttpStatusCode.Conflict)]
    [InlineData(TaskStatus.Accepted, HttpStatusCode.OK)]
    [InlineData(TaskStatus.Cancelled, HttpStatusCode.Conflict)]
    [InlineData(TaskStatus.Rejected, HttpStatusCode.Conflict)]
    public async Task A_follow_up_moves_by_the_table_of_statuses(TaskStatus to, HttpStatusCode expected)
    {
        var task = (await app.Send(Example.Fresh("02", Example.NewPerson()))).Task(TaskKinds.WorkAbilityFollowUp);
        task.Status = to;

        Assert.Equal(expected, (await app.Put(task)).Status);
    }

    [Fact]
    public async Task Neither_the_owner_of_a_follow_up_nor_a_Task_at_the_region_is_changed_by_REST()
    {
        var answer = await app.Send(Example.Fresh("03"));
        var (followUp, care) = (answer.Task(TaskKinds.WorkAbilityFollowUp), answer.Task(TaskKinds.Care));
        followUp.Owner = new ResourceReference("Organization/oh-provider-b");
        care.Status = TaskStatus.Accepted;

        Assert.Equal(HttpStatusCode.BadRequest, (await app.Put(followUp)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await app.Put(care)).Status);
    }
}
