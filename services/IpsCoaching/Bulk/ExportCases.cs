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
/// cases, for which there is no need to ask again and again until files are ready. <c>_type</c> narrows it, and
/// <c>_since</c> to what was stored since then. With <c>_count</c> come so many cases, the longest unchanged first, and
/// the header Link leads to the next: a case that changes meanwhile comes again, none is missed.
/// </summary>
internal static class ExportCases
{
    private const string ContentType = "application/fhir+ndjson";

    public static OtherFormats Formats { get; } = new(ContentType, "application/ndjson");

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
        var (request, faults) = ExportRequest.Read(context.Request.Query, Types);
        var refusal = Accepts(context.Request) ? null : new Refusal(406, "SEND_NOT_ACCEPTABLE", [Refusal.Issue(
            IssueType.NotSupported, "", $"Only {ContentType} is given.")]);
        if (request is null) refusal = Refusal.BadRequest(faults);
        if (FhirHttp.AccessOf(context.Request) is not { } access) refusal = Refusal.Unknown;
        else refusal ??= await database.Read(async session =>
        {
            if (await Teams.Own(session, access, new ResourceReference($"Organization/{context.Request.RouteValues["id"]}"))
                is not { } unit) return Refusal.NotFound("The unit is not known here.");
            context.Response.ContentType = ContentType;
            var lines = new Lines(session, access, context.Response.Body, request!, cancel);
            if (request!.Count is null) await lines.Write(unit);
            else await Page(context, session, access, unit, lines, request);
            return null;
        }, cancel);
        if (refusal is not null) await FhirHttp.Refuse(context.Response, refusal, cancel);
    }

    private static async Task Page(
        HttpContext context, Session session, Access access, Organization unit, Lines lines, ExportRequest request)
    {
        var query = OfUnit(unit) with { Count = request.Count!.Value, OldestFirst = true, After = request.After };
        var page = await session.Resources.Search(access, query);
        if (page.Next is { } next)
        {
            var address = FhirHttp.BaseUrl(context.Request, context.Request.Path);
            context.Response.Headers.Link = $"<{address}{request.Behind(next, context.Request.Query)}>; rel=\"next\"";
        }

        await lines.Write(unit, page.Matches);
    }

    private static SearchQuery OfUnit(Organization unit) => new(nameof(EpisodeOfCare))
    {
        Clauses = [new SearchClause.Reference("organization", [new TokenValue("Organization", unit.Id)])], Count = 100,
    };

    private static bool Accepts(HttpRequest request) => request.Headers.Accept.Count == 0
        || request.Headers.Accept.SelectMany(line => line!.Split(',')).Select(FhirHttp.MediaType)
            .Any(type => type is "*/*" or "application/*" or ContentType or "application/ndjson");

    private sealed class Lines(
        Session session, Access access, Stream body, ExportRequest request, CancellationToken cancel)
    {
        private readonly HashSet<(string, string)> written = [];

        public async Task Write(Organization unit)
        {
            await One(new ResourceReference($"Organization/{unit.Id}"));
            await foreach (var stored in session.Resources.SearchAll(access, OfUnit(unit))) await Case(stored);
        }

        public async Task Write(Organization unit, IReadOnlyList<StoredResource> cases)
        {
            await One(new ResourceReference($"Organization/{unit.Id}"));
            foreach (var stored in cases) await Case(stored);
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
            await foreach (var task in Found("Task", "subject", ofPerson))
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
            await foreach (var stored in Found(type, param, value)) await Line(stored);
        }

        private IAsyncEnumerable<StoredResource> Found(string type, string param, TokenValue value) =>
            session.Resources.SearchAll(access, new SearchQuery(type)
            {
                Clauses = [new SearchClause.Reference(param, [value])], Count = 100,
            });

        private async Task Line(StoredResource stored)
        {
            if (request.Types.Count > 0 && !request.Types.Contains(stored.Type)) return;
            if (stored.LastUpdated < request.Since || !written.Add((stored.Type, stored.Id))) return;
            await body.WriteAsync(stored.Json, cancel);
            await body.WriteAsync("\n"u8.ToArray(), cancel);
        }
    }
}
