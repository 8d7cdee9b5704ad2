using System.Net;
using Fhir;

namespace IpsCoaching.Tests.Teams;

/// <summary>What is on record of who saw something, told to a team that sees its own only.</summary>
public sealed class AuditOfOwnTests
{
    [Fact]
    public async Task A_team_learns_of_its_own_looks_alone_and_of_what_it_does_not_see_nothing()
    {
        await using var ips = await TwoTeams.Start();
        var theirCase = await TwoTeams.TheirCase(ips);
        using var all = ips.Connect();
        using var ours = ips.As(TwoTeams.Ours);
        using var theirs = ips.As(TwoTeams.Theirs);
        var person = theirCase.Patient!.Reference!;
        foreach (var (type, id) in new[] { ("Patient", person.Split('/')[1]), ("EpisodeOfCare", theirCase.Id!) })
        {
            Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync($"{type}/{id}")).StatusCode);
            await TwoTeams.AreAlike(HttpStatusCode.OK, id, one => ours.GetAsync($"AuditEvent?entity={type}/{one}"));
        }

        // The person is a client of both from here on.
        await TwoTeams.Enter(ours, TwoTeams.Ours, "PractitionerRole/coach-kaisa-role", Given.Client);
        Assert.Equal(HttpStatusCode.OK, (await ours.GetAsync(person)).StatusCode);
        Assert.Equal([TwoTeams.Ours], await Agents(ours, person));
        Assert.Equal([TwoTeams.Theirs], await Agents(theirs, person));
        Assert.Equal(["local", TwoTeams.Theirs, TwoTeams.Ours], await Agents(all, person));
        // Also of what everybody sees.
        foreach (var team in (HttpClient[])[ours, theirs])
            Assert.Equal(HttpStatusCode.OK, (await team.GetAsync($"Organization/{TwoTeams.Ours}")).StatusCode);
        Assert.Equal([TwoTeams.Ours], await Agents(ours, $"Organization/{TwoTeams.Ours}"));
    }

    private static async Task<IReadOnlyList<string>> Agents(HttpClient connection, string entity)
    {
        var events = await RunningIps.Read<Bundle>(
            await connection.GetAsync($"AuditEvent?entity={entity}&_count=100"), HttpStatusCode.OK);
        return [.. events.Entry.Select(entry => ((AuditEvent)entry.Resource!).Agent.Single().Who!.Identifier!.Value!)
            .Distinct().Order(StringComparer.Ordinal).OrderBy(one => one != "local").ThenBy(one => one == TwoTeams.Ours)];
    }
}
