using Fhir;
using IpsCoaching.Caseload;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.Bulk;

/// <summary>
/// <c>GET Organization/{id}/$export</c>: all cases of the unit, open and ended, with all that hangs on them, one
/// resource a line (NDJSON). Bulk Data's shape is the model, but the answer is streamed at once: a unit has hundreds of
/// cases, for which there is no need to ask again and again until files are ready. <c>_type</c> narrows it.
/// </summary>
internal static class ExportCases
{
    private const string ContentType = "application/fhir+ndjson";

    // What is found by the person of a case. Due contacts and meetings of an earlier case elsewhere are left out.
    private static readonly string[] OfPerson =
        ["Observation", "Consent", "QuestionnaireResponse", "Goal", "Procedure"];

    private static readonly string[] Types =
    [
        "Organization", "Practitioner", "PractitionerRole", "EpisodeOfCare", "Patient", "CareTeam", "ServiceRequest",
        "Task", "Encounter", .. OfPerson,
    ];

    public static async Task Answer(HttpContext context)
    {
        var (database, cancel) = (
            context.RequestServices.GetRequiredService<IpsCoachingDatabase>(), context.RequestAborted);
        var wanted = context.Request.Query["_type"].SelectMany(types => types!.Split(',')).ToList();
        var refusal = Accepts(context.Request) ? null : new Refusal(406, "SEND_NOT_ACCEPTABLE", [Refusal.Issue(
            IssueType.NotSupported, "", $"Only {ContentType} is given.")]);
        if (wanted.Except(Types).Any())
            refusal = Refusal.BadRequest(Refusal.Issue(
                IssueType.NotSupported, "http._type", $"The types are {string.Join(", ", Types)}."));
        if (FhirHttp.AccessOf(context.Request) is not { } access) refusal = Refusal.Unknown;
        else refusal ??= await database.Read(async session =>
        {
            if (await Teams.Own(session, access, new ResourceReference($"Organization/{context.Request.RouteValues["id"]}"))
                is not { } unit) return Refusal.NotFound("The unit is not known here.");
            context.Response.ContentType = ContentType;
            var lines = new Lines(session, access, context.Response.Body, wanted, cancel);
            await lines.Write(unit);
            return null;
        }, cancel);
        if (refusal is not null) await FhirHttp.Refuse(context.Response, refusal, cancel);
    }

    private static bool Accepts(HttpRequest request) => request.Headers.Accept.Count == 0
        || request.Headers.Accept.SelectMany(line => line!.Split(',')).Select(FhirHttp.MediaType)
            .Any(type => type is "*/*" or "application/*" or ContentType or "application/ndjson");

    private sealed class Lines(
        Session session, Access access, Stream body, IReadOnlyList<string> wanted, CancellationToken cancel)
    {
        private readonly HashSet<(string, string)> written = [];

        public async Task Write(Organization unit)
        {
            await One(new ResourceReference($"Organization/{unit.Id}"));
            var ofUnit = new SearchClause.Reference("organization", [new TokenValue("Organization", unit.Id)]);
            await foreach (var stored in Found("EpisodeOfCare", ofUnit)) await Case(stored);
        }

        private async Task Case(StoredResource stored)
        {
            var episode = stored.As<EpisodeOfCare>();
            await Line(stored);
            var coaches = CoachHistory.Of(episode).Select(one => one.Coach).Append(episode.CareManager?.Reference);
            foreach (var coach in coaches)
                await Coach(new ResourceReference(coach));
            foreach (var reference in (IEnumerable<ResourceReference?>)
                [episode.Patient, .. episode.Team, .. episode.ReferralRequest])
                await One(reference);
            if (!episode.Patient!.TryGetLocal(out var type, out var person)) return;
            var ofPerson = new TokenValue(type, person);
            foreach (var order in episode.ReferralRequest)
                if (order.TryGetLocal(out var orderType, out var order_))
                    await All("Task", "focus", new TokenValue(orderType, order_));
            await foreach (var task in Found("Task", new SearchClause.Reference("subject", [ofPerson])))
                if (FollowAlong.IsOf(task.As<FhirTask>(), episode)) await Line(task);
            await All("Encounter", "episode-of-care", new TokenValue("EpisodeOfCare", episode.Id));
            foreach (var kind in OfPerson) await All(kind, "patient", ofPerson);
        }

        private async Task Coach(ResourceReference reference)
        {
            if (await CoachingCases.Follow<PractitionerRole>(session, access, reference) is { } role)
                await One(role.Practitioner);
            await One(reference);
        }

        private async Task One(ResourceReference? reference)
        {
            if (reference?.TryGetLocal(out var type, out var id) == true
                && await session.Resources.Get(access, type, id) is { } stored)
                await Line(stored);
        }

        private async Task All(string type, string param, TokenValue value)
        {
            await foreach (var stored in Found(type, new SearchClause.Reference(param, [value]))) await Line(stored);
        }

        private async IAsyncEnumerable<StoredResource> Found(string type, SearchClause clause)
        {
            var query = new SearchQuery(type) { Clauses = [clause], Count = 100 };
            while (true)
            {
                var page = await session.Resources.Search(access, query);
                foreach (var match in page.Matches) yield return match;
                if (page.Next is null) yield break;
                query = query with { After = page.Next };
            }
        }

        private async Task Line(StoredResource stored)
        {
            if ((wanted.Count > 0 && !wanted.Contains(stored.Type)) || !written.Add((stored.Type, stored.Id))) return;
            await body.WriteAsync(stored.Json, cancel);
            await body.WriteAsync("\n"u8.ToArray(), cancel);
        }
    }
}
