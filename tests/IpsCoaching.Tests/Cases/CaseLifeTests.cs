using System.Net;
using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Tests.Cases;

/// <summary>What becomes of a case: phases, pause, coaches, refusal, end and return (domain.md §3.1).</summary>
public sealed class CaseLifeTests
{
    [Fact]
    public async Task Five_phases_follow_each_other_and_the_search_comes_again_after_a_lost_job()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-01-12");
        await Life.Changed(ips, episode => episode.Begin("vocational-profile", "2026-01-19"));
        var episode = await Life.Changed(ips, episode =>
        {
            episode.Begin("job-search", "2026-02-02");
            episode.Begin("employer-agreement", "2026-03-02");
            episode.Begin("support", "2026-03-16");
            episode.Begin("job-search", "2026-10-01");
        });
        Assert.Equal(
            [
                "agreement 2026-01-12..2026-01-18", "vocational-profile 2026-01-19..2026-02-01",
                "job-search 2026-02-02..2026-03-01", "employer-agreement 2026-03-02..2026-03-15",
                "support 2026-03-16..2026-09-30", "job-search 2026-10-01..",
            ], episode.Phases());
    }

    [Theory]
    [InlineData("support", "2026-11-24", "period")]
    [InlineData("support", "2026-11-01", "period")]
    [InlineData("support", "2026-11", "period")]
    [InlineData("assessment", "2026-11-22", "phase")]
    [InlineData("agreement", "2026-11-22", "phase")]
    public async Task A_phase_that_cannot_be_is_refused(string phase, string start, string place)
    {
        await using var ips = await RunningIps.Start();
        var number = (await Life.Enter(ips, "2026-11-02")).Extension.Count;
        Assert.Equal(
            [$"EpisodeOfCare.extension[{number}].extension('{place}')"],
            await RunningIps.Faults(
                await Life.Change(ips, episode => episode.Begin(phase, start)), HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("client-wish")]
    [InlineData("death")]
    public async Task A_case_ends_for_a_reason_of_the_closed_list(string reason)
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-11-02");
        var episode = await Life.Changed(ips, episode => episode.Finish(reason, "2026-11-20"));
        Assert.Equal(["agreement 2026-11-02..2026-11-20"], episode.Phases());
        Assert.Equal(["Active 2026-11-02..2026-11-20"], episode.WasBefore());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ips.Send(Given.StatusUpdate("2026-11-21"))).StatusCode);
    }

    [Theory]
    [InlineData("job-found")]
    [InlineData("time")]
    [InlineData("relapse")]
    [InlineData("substance-use")]
    [InlineData("hospital")]
    [InlineData("no-progress")]
    public async Task A_case_never_ends_for_anything_else(string reason)
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips);
        Assert.Equal(
            ["EpisodeOfCare.extension('ips-ending-reason')"],
            await RunningIps.Faults(
                await Life.Change(ips, episode => episode.Finish(reason)), HttpStatusCode.BadRequest));
        Assert.Equal(EpisodeOfCareStatus.Active, Assert.Single(await ips.All<EpisodeOfCare>()).Status);
    }

    [Fact]
    public async Task A_transfer_names_who_goes_on()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips);
        Assert.Equal(
            ["EpisodeOfCare.extension('ips-transferred-to')"],
            await RunningIps.Faults(
                await Life.Change(ips, episode => episode.Finish("moved-and-transferred")), HttpStatusCode.BadRequest));
        await Life.Changed(ips, episode =>
        {
            episode.Finish("moved-and-transferred");
            episode.SetExtension(
                Canonicals.StructureDefinition("ips-transferred-to"),
                new ResourceReference(null, "IPS-testiyksikkö, Kanta-Häme"));
        });
    }

    [Fact]
    public async Task A_pause_and_a_return_are_kept_with_their_days()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-11-02");
        await Life.Changed(ips, episode => episode.Status = EpisodeOfCareStatus.Onhold);
        ips.Clock.Go("2026-12-07");
        var episode = await Life.Changed(ips, episode => episode.Status = EpisodeOfCareStatus.Active);
        Assert.Equal(["Active 2026-11-02..2026-11-23", "Onhold 2026-11-23..2026-12-07"], episode.WasBefore());
        Assert.Equal(["agreement 2026-11-02.."], episode.Phases());
    }

    [Fact]
    public async Task Who_comes_back_agrees_anew_and_what_was_stays_visible()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-11-02");
        await Life.Changed(ips, episode => episode.Begin("job-search", "2026-11-10"));
        await Life.Changed(ips, episode => episode.Finish("client-wish", "2026-11-20"));
        ips.Clock.Go("2027-02-01");
        var episode = await Life.Changed(ips, episode => episode.Reopen());
        Assert.Equal(
            ["agreement 2026-11-02..2026-11-09", "job-search 2026-11-10..2026-11-20", "agreement 2027-02-01.."],
            episode.Phases());
        Assert.Equal(["Active 2026-11-02..2026-11-20", "Finished 2026-11-20..2027-02-01"], episode.WasBefore());
    }

    [Fact]
    public async Task Who_left_while_agreeing_and_comes_back_agrees_anew_too()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-11-02");
        await Life.Changed(ips, episode => episode.Finish("client-wish", "2026-11-20"));
        ips.Clock.Go("2027-02-01");
        await Life.Changed(ips, episode => episode.Reopen());
        var episode = await Life.Changed(ips, episode => episode.Status = EpisodeOfCareStatus.Onhold);
        Assert.Equal(["agreement 2026-11-02..2026-11-20", "agreement 2027-02-01.."], episode.Phases());
    }

    [Fact]
    public async Task The_case_of_who_has_died_and_of_who_has_a_newer_one_is_not_opened_again()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips);
        await Life.Changed(ips, episode => episode.Finish("death"));
        Assert.Equal(
            ["EpisodeOfCare.status"],
            await RunningIps.Faults(
                await Life.Change(ips, episode => episode.Reopen()), HttpStatusCode.BadRequest));

        await Life.Changed(ips, episode => episode.Finish("client-wish"));
        var old = Assert.Single(await ips.All<EpisodeOfCare>());
        await RunningIps.Read<Bundle>(await ips.Send(Given.CoachingRequest()), HttpStatusCode.OK);
        old.Reopen();
        Assert.Equal(
            ["EpisodeOfCare.status"], await RunningIps.Faults(await ips.Put(old), HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Another_coach_takes_over_and_nobody_is_left_without_one()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips);
        ips.Clock.Go("2026-12-01");
        var episode = await Life.Changed(
            ips, episode => episode.CareManager = new ResourceReference("PractitionerRole/nurse-noora-role"));
        Assert.Equal(
            [
                "PractitionerRole/coach-kaisa-role 2026-11-23..2026-12-01",
                "PractitionerRole/nurse-noora-role 2026-12-01..",
            ], episode.Coaches());
        Assert.Equal(
            ["EpisodeOfCare.careManager"],
            await RunningIps.Faults(
                await Life.Change(ips, episode => episode.CareManager = null), HttpStatusCode.BadRequest));
    }

    // Zero exclusion: one of the eight principles of IPS [V].
    [Theory]
    [InlineData("not-ready")]
    [InlineData("substance-use")]
    [InlineData("diagnosis")]
    public async Task Nobody_is_refused_for_want_of_readiness(string reason)
    {
        await using var ips = await RunningIps.Start();
        await ips.Send(Given.CoachingRequest());
        Assert.Equal(
            ["EpisodeOfCare.extension('ips-refusal').extension('reason')"],
            await RunningIps.Faults(
                await Life.Change(ips, episode => episode.Refuse(reason)), HttpStatusCode.BadRequest));
        Assert.Equal(TaskStatus.Accepted, Assert.Single(await ips.All<FhirTask>()).Status);
    }

    [Fact]
    public async Task A_refusal_is_told_to_who_asked_and_can_be_taken_back()
    {
        await using var ips = await RunningIps.Start();
        await ips.Send(Given.CoachingRequest());
        await Life.Changed(ips, episode => episode.Refuse("other-unit"));
        var task = Assert.Single(await ips.All<FhirTask>());
        Assert.Equal(TaskStatus.Rejected, task.Status);
        Assert.True(task.StatusReason!.Has(Canonicals.CodeSystem("ips-refusal-reason"), "other-unit"));
        Assert.Equal(
            ["guidance", "patient-informed"], task.Output.Select(output => output.Type!.Coding.Single().Code));

        await Life.Changed(ips, episode =>
        {
            episode.Status = EpisodeOfCareStatus.Active;
            episode.Extension.RemoveAll(one => one.Url == Canonicals.StructureDefinition("ips-refusal"));
        });
        task = Assert.Single(await ips.All<FhirTask>());
        Assert.Equal((TaskStatus.Accepted, 0), (task.Status, task.Output.Count));
    }

    [Fact]
    public async Task Past_the_agreement_a_case_is_not_refused_and_all_that_is_missing_is_named()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-11-02");
        await Life.Changed(ips, episode => episode.Begin("job-search", "2026-11-10"));
        Assert.Equal(
            [
                "EpisodeOfCare.extension('ips-refusal').extension('guidance')",
                "EpisodeOfCare.extension('ips-refusal').extension('patient-informed')",
                "EpisodeOfCare.extension('ips-refusal').extension('reason')", "EpisodeOfCare.status",
            ],
            await RunningIps.Faults(
                await Life.Change(ips, episode => episode.Status = EpisodeOfCareStatus.Cancelled),
                HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Every_fault_of_a_change_is_listed_with_its_place()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips, "2026-11-02");
        Assert.Equal(
            [
                "EpisodeOfCare.careManager", "EpisodeOfCare.extension('ips-entry')",
                "EpisodeOfCare.extension('ips-phase')", "EpisodeOfCare.identifier",
                "EpisodeOfCare.managingOrganization", "EpisodeOfCare.patient", "EpisodeOfCare.period.end",
                "EpisodeOfCare.period.start",
                "EpisodeOfCare.referralRequest", "EpisodeOfCare.status", "EpisodeOfCare.type",
            ],
            await RunningIps.Faults(
                await Life.Change(ips, episode =>
                {
                    episode.Extension.Clear();
                    episode.Identifier.Clear();
                    episode.Type.Clear();
                    episode.Patient = new ResourceReference("Patient/another");
                    episode.ManagingOrganization = new ResourceReference("Organization/psychiatric-unit-pirkanmaa");
                    episode.ReferralRequest.Add(new ResourceReference("ServiceRequest/another"));
                    episode.Period = new Period(new FhirDateTime("2026-11-01"), new FhirDateTime("2026-11-20"));
                    episode.CareManager = null;
                    episode.Status = EpisodeOfCareStatus.Planned;
                }),
                HttpStatusCode.BadRequest));
    }
}
