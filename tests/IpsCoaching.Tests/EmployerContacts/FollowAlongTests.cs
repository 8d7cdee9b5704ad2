using System.Net;
using Fhir;
using IpsCoaching.EmployerContacts;
using IpsCoaching.Tests.Cases;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Tests.EmployerContacts;

/// <summary>Due contacts through real requests, with a clock that is set and processes that end meanwhile.</summary>
public sealed class FollowAlongTests
{
    [Fact]
    public async Task A_job_that_is_agreed_makes_a_year_of_contacts_due_of_which_missed_ones_show_after_a_restart()
    {
        var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-11-02");
        await Agree(ips, "2026-11-30");
        var tasks = await Due(ips);
        Assert.Equal(17, tasks.Count);
        Assert.All(tasks, task => Assert.Equal(TaskStatus.Requested, task.Status));
        Assert.All(tasks, task => Assert.Equal("PractitionerRole/coach-kaisa-role", task.Owner!.Reference));
        await Met(ips, episode, "2026-11-23");
        Assert.Equal(["before-start 2026-11-23..2026-11-29 Completed"], await Lines(ips, notYet: false));

        ips = await ips.Restart("2026-11-30");
        await Begun(ips);
        ips = await ips.Restart("2026-12-03");
        Assert.Equal(["before-start 2026-11-23..2026-11-29 Completed"], await Lines(ips, notYet: false));
        // The third day is over: nobody has asked for anything, the timer has.
        ips = await ips.Restart("2026-12-04");
        Assert.Equal(
            ["before-start 2026-11-23..2026-11-29 Completed", "after-start 2026-11-30..2026-12-03 Failed"],
            await Lines(ips, notYet: false, until: 2));
        var missed = (await Due(ips)).Single(task => task.Status is TaskStatus.Failed);
        Assert.True(missed.StatusReason!.Has(FollowAlongKinds.SystemUrl, "missed"));
        await Met(ips, episode, "2026-12-04");
        ips = await ips.Restart("2026-12-14");
        await using (ips)
        {
            Assert.Equal(
                [
                    "before-start 2026-11-23..2026-11-29 Completed", "after-start 2026-11-30..2026-12-03 Failed",
                    "weekly 2026-11-30..2026-12-06 Completed", "weekly 2026-12-07..2026-12-13 Failed",
                ],
                await Lines(ips, notYet: false, until: 4));
            // Written down late, it counts; set to entered-in-error, it does not any more.
            var late = await Met(ips, episode, "2026-12-08");
            Assert.Contains("weekly 2026-12-07..2026-12-13 Completed", await Lines(ips, notYet: false));
            late.Status = EncounterStatus.EnteredInError;
            Assert.Equal(HttpStatusCode.OK, (await ips.Put(late)).StatusCode);
            Assert.Contains("weekly 2026-12-07..2026-12-13 Failed", await Lines(ips, notYet: false));
        }
    }

    [Fact]
    public async Task The_last_day_of_a_contact_counts_to_its_end_and_no_longer()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-11-20");
        await RunningIps.Read<Observation>(
            await ips.Post("Observation", Given.Job("2026-11-20")), HttpStatusCode.Created);
        ips.Clock.Now = new DateTimeOffset(2026, 11, 23, 23, 59, 59, 900, TimeSpan.FromHours(2));
        // Timers look each second; what fell due would have been done by then.
        await Task.Delay(2500);
        Assert.Empty(await Lines(ips, notYet: false));
        ips.Clock.Now = ips.Clock.Now.AddMilliseconds(200);
        Assert.Equal(["after-start 2026-11-20..2026-11-23 Failed"], await Lines(ips, notYet: false, until: 1));
    }

    [Fact]
    public async Task When_a_job_ends_what_was_due_later_is_due_no_more()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-11-02");
        await ips.Post("Observation", Given.Job("2026-11-09"));
        var job = Assert.Single(await ips.All<Observation>());
        job.Ends("2026-11-18");
        await RunningIps.Read<Observation>(await ips.Put(job), HttpStatusCode.OK);
        Assert.Equal(
            [
                "before-start 2026-11-02..2026-11-08 Failed", "after-start 2026-11-09..2026-11-12 Failed",
                "weekly 2026-11-09..2026-11-15 Failed", "weekly 2026-11-16..2026-11-22 Failed",
            ],
            (await Lines(ips, notYet: true)).Where(line => !line.EndsWith("Cancelled", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_start_that_moves_moves_what_is_due_and_another_coach_gets_what_is_open()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-11-02");
        await Agree(ips, "2026-11-30");
        var job = Assert.Single(await ips.All<Observation>());
        ((Period)job.Effective!).Start = "2026-12-07";
        await RunningIps.Read<Observation>(await ips.Put(job), HttpStatusCode.OK);
        await Life.Changed(
            ips, episode => episode.CareManager = new ResourceReference("PractitionerRole/nurse-noora-role"));
        var open = (await Due(ips)).Where(task => task.Status is TaskStatus.Requested).ToList();
        Assert.Equal(17, open.Count);
        Assert.Equal("2026-11-30", open.Min(task => task.Restriction!.Period!.Start));
        Assert.All(open, task => Assert.Equal("PractitionerRole/nurse-noora-role", task.Owner!.Reference));
    }

    [Fact]
    public async Task The_end_of_the_case_ends_what_is_due()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-11-02");
        await Agree(ips, "2026-11-30");
        await Life.Changed(ips, episode => episode.Finish("client-wish", "2026-11-22"));
        Assert.All(await Due(ips), task => Assert.Equal(TaskStatus.Cancelled, task.Status));
    }

    [Fact]
    public async Task An_attempt_to_reach_the_client_is_no_contact_but_documents_that_nobody_was_reached()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-11-02");
        await Agree(ips, "2026-11-30");
        Assert.Equal(
            ["EpisodeOfCare.extension('ips-ending-reason')"],
            await RunningIps.Faults(
                await Life.Change(ips, one => one.Finish("unreachable")), HttpStatusCode.BadRequest));
        await ips.Post("Encounter", Given.Contact(episode, "2026-11-23", "outreach", "VR"));
        Assert.DoesNotContain(await Due(ips), task => task.Status is TaskStatus.Completed);
        await Life.Changed(ips, one => one.Finish("unreachable"));
    }

    private static async Task Agree(RunningIps ips, string start)
    {
        var job = Given.Job(start);
        job.Status = ObservationStatus.Registered;
        await RunningIps.Read<Observation>(await ips.Post("Observation", job), HttpStatusCode.Created);
    }

    private static async Task Begun(RunningIps ips)
    {
        var job = Assert.Single(await ips.All<Observation>());
        job.Status = ObservationStatus.Final;
        job.Extension.RemoveAll(one => one.Url!.EndsWith("isCurrentJob-extension", StringComparison.Ordinal));
        await RunningIps.Read<Observation>(await ips.Put(job), HttpStatusCode.OK);
    }

    private static async Task<Encounter> Met(RunningIps ips, EpisodeOfCare episode, string day) =>
        await RunningIps.Read<Encounter>(
            await ips.Post("Encounter", Given.Contact(episode, day)), HttpStatusCode.Created);

    private static async Task<IReadOnlyList<FhirTask>> Due(RunningIps ips) =>
        [.. (await ips.All<FhirTask>()).Where(task => task.Code!.Coding[0].System == FollowAlongKinds.SystemUrl)
            .OrderBy(task => task.Restriction!.Period!.Start, StringComparer.Ordinal)
            .ThenBy(task => task.Restriction!.Period!.End, StringComparer.Ordinal)];

    // Timers run beside the requests: waits until there are so many lines.
    private static async Task<IReadOnlyList<string>> Lines(RunningIps ips, bool notYet, int until = 0)
    {
        for (var tries = 0; ; tries++)
        {
            List<string> lines = [.. (await Due(ips)).Where(task => notYet || task.Status is not TaskStatus.Requested)
                .Select(task => $"{task.Code!.Coding[0].Code} {task.Restriction!.Period!.Start}.."
                    + $"{task.Restriction.Period.End} {task.Status}")];
            if (lines.Count >= until || tries == 100) return lines;
            await Task.Delay(100);
        }
    }
}
