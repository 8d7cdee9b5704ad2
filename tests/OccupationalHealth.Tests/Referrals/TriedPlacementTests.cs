using System.Text;
using System.Text.RegularExpressions;
using Fhir;
using Fhir.Json;
using Messages;

namespace OccupationalHealth.Tests.Referrals;

/// <summary>A placement that is only tried (<c>$place</c>): the same answer, and nothing of it stays.</summary>
public sealed class TriedPlacementTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    // The person is new at first, then has a follow-up which the second placement continues, and is expected at the third.
    [Theory]
    [InlineData("01")]
    [InlineData("03")]
    [InlineData("05")]
    [InlineData("06")]
    [InlineData("07")]
    public async Task A_dry_run_answers_what_the_referral_itself_would_be_answered_and_stores_nothing(string number)
    {
        var person = Example.NewPerson();
        for (var time = 1; time <= 3; time++)
        {
            var message = Example.Fresh(number, person);
            var before = await app.Count("Task") + await app.Count("Patient") + await app.Count("Flag");
            var tried = await app.Post("ServiceRequest/$place", message);

            Assert.Equal(before, await app.Count("Task") + await app.Count("Patient") + await app.Count("Flag"));
            Assert.Empty(await app.Outgoing(message.Journey()));
            Assert.Equal(WithoutIds(await app.Send(message)), WithoutIds(tried));
        }
    }

    [Fact]
    public async Task A_dry_run_does_not_take_a_person_for_the_one_whom_it_has_found_before()
    {
        var person = Example.NewPerson();
        var message = Example.Fresh("04", person);
        var followUp = (await app.Send(message)).Task(TaskKinds.WorkAbilityFollowUp);
        for (var time = 1; time <= 2; time++)
            Assert.Equal(followUp.Id, (await Try()).Task(TaskKinds.WorkAbilityFollowUp).Id);

        // Of two under one identifier the newest is meant.
        var other = await app.Get<Patient>(followUp.For!.Reference!.Split('/')[1]);
        other.Id = null;
        await app.Store(other);

        Assert.NotEqual(followUp.Id, (await Try()).Task(TaskKinds.WorkAbilityFollowUp).Id);

        Task<Answer> Try() => app.Post("ServiceRequest/$place", Example.Fresh("04", person));
    }

    // New ids and the moment differ; what refers to what is left to the number of different ids.
    private static string WithoutIds(Answer answer)
    {
        var text = Encoding.UTF8.GetString(FhirJson.Write(answer.Body));
        text = Regex.Replace(text, @"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)", "TIME", RegexOptions.NonBacktracking);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        return Regex.Replace(text, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", id =>
            $"ID-{(ids.TryGetValue(id.Value, out var known) ? known : ids[id.Value] = ids.Count)}", RegexOptions.NonBacktracking);
    }
}
