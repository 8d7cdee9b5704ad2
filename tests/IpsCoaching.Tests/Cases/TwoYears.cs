using System.Net;
using Fhir;
using IpsCoaching.Tests.Career;
using IpsCoaching.Tests.EmploymentStatus;
using Messages;

namespace IpsCoaching.Tests.Cases;

/// <summary>Two years of one client, as the systems of coaches, care team and client bring them, day by day.</summary>
internal sealed class TwoYears(RunningIps ips)
{
    private const string A = "1234567-1", B = "7654321-2", Closed = "1111111-1",
        Team = "Organization/ips-unit-pirkanmaa", Matti = "PractitionerRole/coach-matti-role";

    private EpisodeOfCare episode = new();

    /// <summary>The ids of the jobs, in order.</summary>
    public List<string> Jobs { get; } = [];

    /// <summary>The coach's list on some days.</summary>
    public List<string> Listed { get; } = [];

    public async Task Live()
    {
        await Referral();
        await FirstJob();
        await LaidOff();
        await Return();
        await ThirdJobAndEnd();
    }

    private async Task Referral()
    {
        await ips.Store(
            new Practitioner { Id = "coach-matti" },
            new PractitionerRole
            {
                Id = "coach-matti-role", Practitioner = new ResourceReference("Practitioner/coach-matti"),
                Organization = new ResourceReference(Team),
            });
        await RunningIps.Read<Bundle>(await ips.Send(Given.CoachingRequest()), HttpStatusCode.OK);
        ips.Clock.Go("2026-11-24");
        await Change(one => one.CareManager = new ResourceReference("PractitionerRole/coach-kaisa-role"));
        await Phase("vocational-profile", "2026-11-24");
        await Status("2026-11-24", "Unemployed");
        await List("coach-kaisa");
        ips.Clock.Go("2026-11-30");
        await Create(Recorded.Profile(episode, "2026-11-30"));
        await Create(Recorded.Wish(episode, "2026-11-30"));
        await Create(Recorded.Wish(episode, "2026-11-30", "avoid", null));
        await Create(Recorded.Counselling(episode, "2026-11-30"));
        await Ask("2026-11-30T10:00:00+02:00", Asked.Permit("contact skills", null, Closed));
        ips.Clock.Go("2026-12-07");
        await Phase("job-search", "2026-12-07");
        ips.Clock.Go("2026-12-10");
        await Create(Asked.Told(episode, "2026-12-10", "contact skills"));
        // The client said no to one employer, and to the name.
        await Refused(Asked.Told(episode, "2026-12-10", "contact", Closed));
        await Refused(Asked.Told(episode, "2026-12-10", "contact name"));
    }

    private async Task FirstJob()
    {
        ips.Clock.Go("2027-01-04");
        var job = Given.Job("2027-01-11");
        job.Status = ObservationStatus.Registered;
        job = await Work(job);
        await Phase("employer-agreement", "2027-01-04");
        await Ask("2027-01-04T10:00:00+02:00", Asked.Permit("contact name adjustments", A));
        ips.Clock.Go("2027-01-07");
        await Meet("2027-01-07");
        await Create(Asked.Told(episode, "2027-01-07", "contact name adjustments"));
        ips.Clock.Go("2027-01-11");
        job.Status = ObservationStatus.Final;
        job.Extension.RemoveAll(one => one.Url!.EndsWith("isCurrentJob-extension", StringComparison.Ordinal));
        await RunningIps.Read<Observation>(await ips.Put(job), HttpStatusCode.OK);
        await Phase("support", "2027-01-11");
        await Consent("2027-01-11T11:00:00+02:00");
        await Status("2027-01-11", "Employed");
        foreach (var day in (string[])["2027-01-13", "2027-01-20", "2027-02-25"]) await Meet(day);
    }

    private async Task LaidOff()
    {
        ips.Clock.Go("2027-03-31");
        await End(Jobs[0], "2027-03-31", "laid-off");
        ips.Clock.Go("2027-04-01");
        await Status("2027-04-01", "Unemployed");
        await Meet("2027-04-01", "AMB");
        await List("coach-kaisa");
        ips.Clock.Go("2027-04-05");
        await Phase("job-search", "2027-04-05");
        ips.Clock.Go("2027-04-08");
        await Create(Recorded.Profile(episode, "2027-04-08", Jobs[0]));
        ips.Clock.Go("2027-05-03");
        var consent = (await ips.All<Consent>()).Single(one => one.Category[0].Has(Systems.Loinc, "59284-0"));
        consent.Status = ConsentState.Inactive;
        await RunningIps.Read<Consent>(await ips.Put(consent), HttpStatusCode.OK);
    }

    private async Task Return()
    {
        ips.Clock.Go("2027-06-01");
        await Ask("2027-06-01T09:00:00+03:00", Asked.Permit("contact name", A));
        await Work(Given.Job("2027-06-01"));
        await Phase("support", "2027-06-01");
        await Status("2027-06-01", "Employed");
        foreach (var day in (string[])["2027-06-03", "2027-07-15", "2027-08-20"]) await Meet(day);
        ips.Clock.Go("2027-09-16");
        await End(Jobs[1], "2027-09-15", "resigned");
        await Status("2027-09-16", "Unemployed");
        await Meet("2027-09-16");
        ips.Clock.Go("2027-09-20");
        var education = await Create(Recorded.Education(episode, "2027-09-20"));
        ips.Clock.Go("2027-10-01");
        await Transfer();
        ips.Clock.Go("2027-10-04");
        await Create(Recorded.Profile(episode, "2027-10-04", Jobs[1]));
        await Phase("job-search", "2027-10-04");
        await Consent("2027-10-04T09:00:00+03:00");
        ips.Clock.Go("2027-11-01");
        await Change(one => one.Status = EpisodeOfCareStatus.Onhold);
        await Status("2027-11-01", "NotInLaborForce");
        ips.Clock.Go("2027-12-01");
        await Change(one => one.Status = EpisodeOfCareStatus.Active);
        ips.Clock.Go("2028-01-10");
        await Ask("2028-01-10T10:00:00+02:00", Asked.Permit("contact"));
        await Create(Asked.Told(episode, "2028-01-10", "contact", B));
        Education = education.Id!;
    }

    private string Education { get; set; } = "";

    private async Task ThirdJobAndEnd()
    {
        ips.Clock.Go("2028-02-01");
        await Work(Given.Job("2028-02-01", employer: B));
        await Phase("support", "2028-02-01");
        await Status("2028-02-01", "Employed");
        await List("coach-matti");
        foreach (var day in (string[])["2028-02-02", "2028-02-09", "2028-02-16", "2028-02-23", "2028-03-15",
            "2028-04-15", "2028-05-15"])
            await Meet(day);
        ips.Clock.Go("2028-05-31");
        var education = (await ips.All<Observation>()).Single(one => one.Id == Education);
        education.Completes("2028-05-31");
        await RunningIps.Read<Observation>(await ips.Put(education), HttpStatusCode.OK);
        foreach (var month in (string[])["06", "07", "08", "09", "10", "11"]) await Meet($"2028-{month}-15");
        ips.Clock.Go("2028-11-23");
        await Change(one => one.Finish("client-wish", "2028-11-23"));
    }

    private async Task Change(Action<EpisodeOfCare> change) => episode = await Life.Changed(ips, change);

    private Task Phase(string phase, string day) => Change(one => one.Begin(phase, day));

    private async Task Status(string day, string status) =>
        await RunningIps.Read<Bundle>(await ips.Send(Given.StatusUpdate(day, status)), HttpStatusCode.OK);

    private async Task<T> Create<T>(T resource) where T : Resource =>
        await RunningIps.Read<T>(await ips.Post(resource.TypeName, resource), HttpStatusCode.Created);

    private async Task Ask(string at, params IReadOnlyList<Consent.ProvisionComponent> permits) =>
        await Create(Asked.Answer(episode, at, permits));

    private async Task Consent(string at)
    {
        var consent = ConsentKinds.Permit("oh-provider-a");
        consent.DateTime = at;
        consent.Provision!.Period = null;
        await Create(consent);
    }

    private async Task Refused(Encounter contact) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await ips.Post("Encounter", contact)).StatusCode);

    private async Task<Observation> Work(Observation job)
    {
        job = await Create(job);
        Jobs.Add(job.Id!);
        return job;
    }

    private async Task End(string id, string day, string reason)
    {
        var job = (await ips.All<Observation>()).Single(one => one.Id == id);
        job.Ends(day, reason);
        await RunningIps.Read<Observation>(await ips.Put(job), HttpStatusCode.OK);
    }

    private async Task Meet(string day, string place = "FLD")
    {
        if (Given.Day(day) > FinnishTime.DateOf(ips.Clock.Now)) ips.Clock.Go(day);
        await Create(Given.Contact(episode, day, place: place));
    }

    private async Task Transfer()
    {
        var asked = new Parameters();
        asked.Parameter.Add(new Parameters.ParameterComponent { Name = "team", Value = new ResourceReference(Team) });
        asked.Parameter.Add(new Parameters.ParameterComponent { Name = "to", Value = new ResourceReference(Matti) });
        await RunningIps.Read<Parameters>(
            await ips.Post("Practitioner/coach-kaisa/$transfer-caseload", asked), HttpStatusCode.OK);
        episode = Assert.Single(await ips.All<EpisodeOfCare>());
    }

    private async Task List(string coach)
    {
        using var client = ips.Connect();
        var list = await RunningIps.Read<Parameters>(
            await client.GetAsync($"Practitioner/{coach}/$caseload?team={Team}"), HttpStatusCode.OK);
        var line = list.Parameter.Single(one => one.Name == "case").Part;
        var actions = line.Where(part => part.Name == "next-action").Select(action =>
            $"{((Coding)action.Part[0].Value!).Code} {((Date)action.Part[1].Value!).Text}, ");
        Listed.Add($"next {FinnishTime.DateOf(ips.Clock.Now):O} {string.Concat(actions)}"
            + $"missed {((Integer)line.Single(part => part.Name == "missed-contacts").Value!).Value}");
    }
}
