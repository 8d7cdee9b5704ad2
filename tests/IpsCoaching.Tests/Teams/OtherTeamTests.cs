using System.Net;
using Fhir;
using Fhir.Json;
using IpsCoaching.Tests.Career;
using Messages;

namespace IpsCoaching.Tests.Teams;

/// <summary>
/// Every route, asked by a team that sees its own only for what another team has: the answer is to the letter that to
/// what does not exist.
/// </summary>
public sealed class OtherTeamTests
{
    private static readonly string[] Open = ["Organization", "Practitioner", "PractitionerRole"];

    [Fact]
    public async Task What_another_team_has_is_on_every_route_as_if_it_were_not_there()
    {
        await using var ips = await TwoTeams.Start();
        var theirCase = await TwoTeams.TheirCase(ips);
        using var all = ips.Connect();
        using var ours = ips.As(TwoTeams.Ours);
        using var theirs = ips.As(TwoTeams.Theirs);
        using var unclear = ips.As(TwoTeams.Ours, "everything");
        var own = await TwoTeams.Enter(ours, TwoTeams.Ours, "PractitionerRole/coach-kaisa-role", "010594Y9032");
        var statement = await RunningIps.Read<CapabilityStatement>(await all.GetAsync("metadata"), HttpStatusCode.OK);
        var types = statement.Rest[0].Resource.Where(one => one.Versioning == ResourceVersionPolicy.Versioned).ToList();
        var closed = types.Where(one => !Open.Contains(one.Type!.Value.GetLiteral())).ToList();
        var batch = new Bundle { Type = BundleType.Batch };
        foreach (var type in closed)
        {
            var name = type.Type!.Value.GetLiteral();
            var seen = await TwoTeams.Sees(theirs, name);
            Assert.NotEmpty(seen);
            var own_ = await TwoTeams.Sees(ours, name);
            Assert.Empty(seen.Intersect(own_));
            Assert.Equal(own_, await TwoTeams.Sees(unclear, name));
            var id = seen[0].Split('/')[1];
            foreach (var suffix in (string[])["", "/_history", "/_history/1"])
            {
                Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync($"{name}/{id}{suffix}")).StatusCode);
                await TwoTeams.AreAlike(HttpStatusCode.NotFound, id, one => ours.GetAsync($"{name}/{one}{suffix}"));
            }

            await TwoTeams.AreAlike(HttpStatusCode.OK, id, one => ours.GetAsync($"{name}?_id={one}&_total=accurate"));
            await TwoTeams.AreAlike(HttpStatusCode.OK, id, one => ours.PostAsync($"{name}/_search", TwoTeams.Form($"_id={one}")));
            batch.Entry.Add(Entry(HTTPVerb.GET, $"{name}/{id}"));
            if (type.Interaction.TrueForAll(one => one.Code != TypeRestfulInteraction.Update)) continue;
            var stored = FhirJson.Read(await all.GetByteArrayAsync($"{name}/{id}")).Resource!;
            await TwoTeams.AreAlike(HttpStatusCode.MethodNotAllowed, id, one =>
            {
                var sent = stored.Clone();
                sent.Id = one;
                return ours.PutAsync($"{name}/{one}", RunningIps.Body(sent));
            });
            await TwoTeams.AreAlike(HttpStatusCode.MethodNotAllowed, id, one =>
            {
                var sent = stored.Clone();
                sent.Id = one;
                return ours.PostAsync("", RunningIps.Body(new Bundle
                {
                    Type = BundleType.Transaction, Entry = [Entry(HTTPVerb.PUT, $"{name}/{one}", sent)],
                }));
            });
        }

        var answers = await RunningIps.Read<Bundle>(await ours.PostAsync("", RunningIps.Body(batch)), HttpStatusCode.OK);
        Assert.All(answers.Entry, entry => Assert.StartsWith("404", entry.Response!.Status, StringComparison.Ordinal));
        // What points from or to the units and professionals that everybody sees.
        var everything = await Everything(theirs, closed);
        foreach (var type in types.Where(one => Open.Contains(one.Type!.Value.GetLiteral())))
            foreach (var along in type.SearchRevInclude)
                Assert.Empty((await TwoTeams.Sees(ours, $"{type.Type!.Value.GetLiteral()}?_revinclude={along}"))
                    .Intersect(everything));
        await BySearch(ips, ours, theirCase, own);
    }

    private static async Task BySearch(RunningIps ips, HttpClient ours, EpisodeOfCare theirCase, EpisodeOfCare own)
    {
        Assert.Equal([$"Organization/{TwoTeams.Ours}"],
            await TwoTeams.Sees(ours, "Organization?_has:EpisodeOfCare:organization:status=active"));
        // Ours that points to their person leads there by no way.
        var stray = Recorded.Wish(theirCase, "2026-11-23");
        await ips.StoreAs(TwoTeams.Ours, stray);
        Assert.Equal([$"Goal/{stray.Id}"],
            await TwoTeams.Sees(ours, $"Goal?_id={stray.Id}&_include=Goal:patient&_include=Goal:subject"));
        var chained = await RunningIps.Read<Bundle>(await ours.PostAsync("Goal/_search",
            TwoTeams.Form($"patient.identifier={Systems.IdentityCode}|{Given.Client}")), HttpStatusCode.OK);
        Assert.Empty(chained.Entry);
        using var request = new HttpRequestMessage(HttpMethod.Post, "Goal")
        {
            Content = RunningIps.Body(Recorded.Wish(own, "2026-11-23")),
        };
        request.Headers.Add("If-None-Exist", "lifecycle-status=active");
        var created = await RunningIps.Read<Goal>(await ours.SendAsync(request), HttpStatusCode.OK);
        Assert.Equal(stray.Id, created.Id);
    }

    private static async Task<IReadOnlyList<string>> Everything(
        HttpClient connection, IEnumerable<CapabilityStatement.ResourceComponent> types)
    {
        List<string> all = [];
        foreach (var type in types) all.AddRange(await TwoTeams.Sees(connection, type.Type!.Value.GetLiteral()));
        return all;
    }

    private static Bundle.EntryComponent Entry(HTTPVerb verb, string url, Resource? resource = null) => new()
    {
        Resource = resource, Request = new Bundle.RequestComponent { Method = verb, Url = url },
    };
}
