using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Fhir;
using IpsCoaching.Tests.Career;
using IpsCoaching.Tests.Cases;
using Messages;

namespace IpsCoaching.Tests.Teams;

/// <summary>Two coaching teams of one controller, each with a system that sees its own only.</summary>
internal static class TwoTeams
{
    public const string Ours = "ips-unit-pirkanmaa", Theirs = "ips-unit-kanta-hame", TheirCoach = "PractitionerRole/berta";

    /// <summary>What hangs on persons.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        "EpisodeOfCare", "Patient", "Observation", "Encounter", "Consent", "QuestionnaireResponse", "Goal", "Procedure",
        "Task", "ServiceRequest", "CareTeam",
    ];

    public static async Task<RunningIps> Start()
    {
        var ips = await RunningIps.Start();
        await ips.Store(
            new Organization { Id = Theirs, Identifier = [new Identifier(Systems.Organisation, Theirs)] },
            new Practitioner { Id = "berta" },
            new PractitionerRole
            {
                Id = "berta", Practitioner = new ResourceReference("Practitioner/berta"),
                Organization = new ResourceReference($"Organization/{Theirs}"),
            });
        return ips;
    }

    /// <summary>A connection of a team's system; the caller disposes of it.</summary>
    public static HttpClient As(this RunningIps ips, string team, string reach = "organisation")
    {
        var connection = ips.Connect();
        connection.DefaultRequestHeaders.Remove("omh-organisation");
        connection.DefaultRequestHeaders.Add("omh-organisation", team);
        connection.DefaultRequestHeaders.Add("omh-reach", reach);
        return connection;
    }

    /// <summary>
    /// The case of the example request, which their coach takes, with one of everything that coaching records. It comes
    /// by messages and from systems that see the whole register.
    /// </summary>
    public static async Task<EpisodeOfCare> TheirCase(RunningIps ips)
    {
        await Stored(ips.Send(Given.CoachingRequest()), HttpStatusCode.OK);
        var episode = await Life.Changed(ips, one => one.CareManager = new ResourceReference(TheirCoach));
        await Stored(ips.Send(Given.StatusUpdate("2026-11-20")), HttpStatusCode.OK);
        foreach (var resource in (Resource[])
        [
            Asked.Answer(episode, "2026-11-23T09:00:00+02:00", Asked.Permit("contact")),
            Recorded.Profile(episode, "2026-11-23"), Recorded.Wish(episode, "2026-11-23"),
            Recorded.Counselling(episode, "2026-11-23"), Given.Contact(episode, "2026-11-23"), Given.Job("2026-11-23"),
        ])
            await Stored(ips.Post(resource.TypeName, resource), HttpStatusCode.Created);
        return episode;
    }

    /// <summary>A case that a team opens itself for a person of a code of the 900 series.</summary>
    public static async Task<EpisodeOfCare> Enter(HttpClient team, string unit, string coach, string code)
    {
        var episode = Given.SelfReferral();
        ((Patient)episode.Contained.Single()).Identifier.Single().Value = code;
        episode.ManagingOrganization = new ResourceReference($"Organization/{unit}");
        episode.CareManager = new ResourceReference(coach);
        return await RunningIps.Read<EpisodeOfCare>(
            await team.PostAsync("EpisodeOfCare", RunningIps.Body(episode)), HttpStatusCode.Created);
    }

    /// <summary>What a connection finds of a type, as Type/id.</summary>
    public static async Task<IReadOnlyList<string>> Sees(HttpClient connection, string search)
    {
        var bundle = await RunningIps.Read<Bundle>(await connection.GetAsync(search), HttpStatusCode.OK);
        return [.. bundle.Entry.Select(entry => $"{entry.Resource!.TypeName}/{entry.Resource.Id}")];
    }

    /// <summary>All that a connection sees of persons, as Type/id.</summary>
    public static async Task<IReadOnlyList<string>> All(HttpClient connection)
    {
        List<string> all = [];
        foreach (var type in Types) all.AddRange(await Sees(connection, type + "?_count=100"));
        // Of the sample data: a care team that is nobody's own, with professionals of both units.
        all.Remove("CareTeam/psychiatric-care-team");
        return all;
    }

    /// <summary>That a team is answered the same, to the letter, about what another has and about what is not there.</summary>
    public static async Task AreAlike(HttpStatusCode status, string id, Func<string, Task<HttpResponseMessage>> ask)
    {
        var absent = Guid.CreateVersion7().ToString();
        var (there, none) = (await ask(id), await ask(absent));
        var text = await TextOf(there, id);
        Assert.True(status == there.StatusCode, text);
        Assert.Equal(none.StatusCode, there.StatusCode);
        Assert.Equal(await TextOf(none, absent), text);
    }

    // A sealed link is another each time.
    private static async Task<string> TextOf(HttpResponseMessage response, string id) => Regex.Replace(
        (await response.Content.ReadAsStringAsync()).Replace(id, "ID", StringComparison.Ordinal), "_sealed=[^\"]*", "",
        RegexOptions.None, TimeSpan.FromSeconds(1));

    public static StringContent Form(string form) =>
        new(form.Replace("|", "%7C", StringComparison.Ordinal), Encoding.UTF8, "application/x-www-form-urlencoded");

    private static async Task Stored(Task<HttpResponseMessage> sent, HttpStatusCode status)
    {
        using var response = await sent;
        Assert.True(status == response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
