using System.Net;
using Fhir;
using Messages;

namespace OccupationalHealth.Tests.CareEpisodes;

public sealed class EpisodeTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    [Fact]
    public async Task An_episode_is_recorded_from_its_start_to_what_followed()
    {
        var person = await Person();
        var (start, end) = (Care.Total(person, 14, "2026-09-01"), Care.Total(person, 6, "2026-11-02"));
        await app.Store(start, end);
        var episode = await Record(Care.Episode(person, "klt", "2026-09-01").Measured(start.Id, null));
        Assert.Empty(Care.Warnings(episode));
        for (var week = 0; week < 5; week++)
            await Visit(episode, $"2026-09-{1 + (week * 7):00}");

        episode.Status = EpisodeOfCareStatus.Finished;
        episode.Period!.End = "2026-11-02";
        episode.Measured(start.Id, end.Id).Ended("few-follow-ups");
        episode = (EpisodeOfCare)(await app.Put(episode)).Body;

        Assert.Empty(Care.Warnings(episode));
        Assert.Contains(episode.Extension, e => e.Value is Coding { System: Systems.Region, Code: "07" });
        Assert.Single(await app.Search<EpisodeOfCare>($"EpisodeOfCare?patient={person.Id}&status=finished"));
    }

    // Visits: KLT 5-10, guided self-care 1-3, IPC-N 3-6, Cool Kids 10 (domain.md §6).
    [Theory]
    [InlineData("klt", 10)]
    [InlineData("guided-self-care", 3)]
    [InlineData("ipc-n", 6)]
    [InlineData("cool-kids", 10)]
    public async Task A_visit_beyond_the_methods_number_is_recorded_with_a_warning(string method, int most)
    {
        var episode = await Record(Care.Episode(await Person(Born(method)), method, "2026-10-01"));
        for (var day = 1; day <= most; day++)
            Assert.Empty(Care.Warnings(await Visit(episode, $"2026-10-{day:00}")));

        Assert.Equal(["beyond-visits"], Care.Warnings(await Visit(episode, "2026-10-20")));
    }

    [Fact]
    public async Task Visits_of_another_episode_and_those_entered_in_error_are_not_counted()
    {
        var person = await Person();
        var earlier = await Record(Care.Episode(person, "guided-self-care", "2026-08-01"));
        var episode = await Record(Care.Episode(person, "guided-self-care", "2026-10-01"));
        await Visit(earlier, "2026-08-03");
        for (var day = 1; day <= 3; day++)
        {
            var visit = await Visit(episode, $"2026-10-0{day}");
            if (day > 1) continue;
            visit.Status = EventStatus.EnteredInError;
            await app.Put(visit);
        }

        Assert.Empty(Care.Warnings(await Visit(episode, "2026-10-09")));
        Assert.Equal(["beyond-visits"], Care.Warnings(await Visit(episode, "2026-10-10")));
    }

    // Ages: IPC-N 12-19, Cool Kids 7-17 (domain.md §6), KLT adults (§3.1).
    [Theory]
    [InlineData("ipc-n", "2014-10-02", true)]
    [InlineData("ipc-n", "2014-10-01", false)]
    [InlineData("ipc-n", "2006-10-02", false)]
    [InlineData("ipc-n", "2006-10-01", true)]
    [InlineData("cool-kids", "2008-10-01", true)]
    [InlineData("klt", "2008-10-02", true)]
    [InlineData("klt", "2008-10-01", false)]
    public async Task Who_is_outside_of_the_methods_ages_is_recorded_with_a_warning(
        string method, string born, bool warned)
    {
        var episode = await Record(Care.Episode(await Person(born), method, "2026-10-01"));

        Assert.Equal(warned ? ["age-outside"] : [], Care.Warnings(episode));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("own-wish", false)]
    public async Task Few_visits_are_a_warning_unless_the_episode_was_interrupted(string? interrupted, bool warned)
    {
        var episode = await Record(Care.Episode(await Person(), "klt", "2026-10-01", "2026-11-01")
            .Ended("other-services", interrupted));

        Assert.Equal(warned ? ["few-visits"] : [], Care.Warnings(episode));
    }

    [Fact]
    public async Task Every_fault_is_named()
    {
        var (person, other) = (await Person(), await Person());
        var total = Care.Total(other, 10, "2026-10-01");
        await app.Store(total);
        var episode = Care.Episode(person, "knitting", "2026-10-01", "2026-09-01")
            .Ended("went-home", "bored").Measured(total.Id, "nowhere");
        episode.ManagingOrganization = new ResourceReference("Organization/nobody");

        Assert.Equal(
            [
                "code-invalid EpisodeOfCare.type", "value EpisodeOfCare.period.end",
                $"code-invalid {Extension("interruption")}", $"code-invalid {Extension("what-followed")}",
                "not-found EpisodeOfCare.managingOrganization",
                $"not-found {Extension("start-measure")}", $"not-found {Extension("end-measure")}",
                "invariant EpisodeOfCare.period",
            ],
            (await app.Post("EpisodeOfCare", episode)).Faults);
        Assert.Equal(
            [$"business-rule {Extension("what-followed")}", "not-found EpisodeOfCare.patient"],
            (await app.Post("EpisodeOfCare", Care.Episode(new Patient { Id = "nobody" }, "klt", "2026-10-01")
                .Ended("no-further-care"))).Faults);
    }

    [Fact]
    public async Task Person_and_method_of_an_episode_stay_and_a_withdrawn_one_stays_withdrawn()
    {
        var episode = await Record(Care.Episode(await Person(), "klt", "2026-10-01"));
        var other = (EpisodeOfCare)episode.Clone();
        other.Patient!.Reference = $"Patient/{(await Person()).Id}";
        other.Type = [new CodeableConcept(Systems.Method, "guided-self-care")];
        Assert.Equal(
            ["business-rule EpisodeOfCare.patient", "business-rule EpisodeOfCare.type"], (await app.Put(other)).Faults);

        episode.Status = EpisodeOfCareStatus.EnteredInError;
        episode = (EpisodeOfCare)(await app.Put(episode)).Body;
        episode.Status = EpisodeOfCareStatus.Active;
        Assert.Equal(["business-rule EpisodeOfCare.status"], (await app.Put(episode)).Faults);
    }

    [Fact]
    public async Task A_visit_belongs_to_an_episode_of_its_person_method_and_time()
    {
        var episode = await Record(Care.Episode(await Person(), "klt", "2026-10-01", "2026-11-01"));
        var visit = Care.Visit(episode, "2026-11-02");
        visit.Subject = new ResourceReference($"Patient/{(await Person()).Id}");
        visit.Code = new CodeableConcept(Systems.Method, "ipc-n");
        const string path = "Procedure.extension('http://hl7.org/fhir/StructureDefinition/workflow-episodeOfCare')";

        Assert.Equal(
            Enumerable.Repeat($"business-rule {path}", 3), (await app.Post("Procedure", visit)).Faults);
        episode.Id = "nowhere";
        Assert.Equal([$"not-found {path}"], (await app.Post("Procedure", Care.Visit(episode, "2026-10-02"))).Faults);
    }

    private static string Extension(string name) => $"EpisodeOfCare.extension('{Canonicals.StructureDefinition(name)}')";

    private static string Born(string method) => method is "ipc-n" or "cool-kids" ? "2011-01-01" : "1994-05-01";

    private async Task<Patient> Person(string born = "1994-05-01")
    {
        var person = Care.Person(born);
        await app.Store(person);
        return person;
    }

    private async Task<EpisodeOfCare> Record(EpisodeOfCare episode)
    {
        var answer = await app.Post("EpisodeOfCare", episode);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return (EpisodeOfCare)answer.Body;
    }

    private async Task<Procedure> Visit(EpisodeOfCare episode, string day)
    {
        var answer = await app.Post("Procedure", Care.Visit(episode, day));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return (Procedure)answer.Body;
    }
}
