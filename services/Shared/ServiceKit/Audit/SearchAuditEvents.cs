using System.Globalization;
using Fhir;
using Fhir.Json;
using Microsoft.AspNetCore.Http;
using ServiceKit.Hosting;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace ServiceKit.Audit;

/// <summary>What the CapabilityStatement says of it.</summary>
public static class AuditSearch
{
    public static MadeSearch Described { get; } = new(
        "Who has stored, changed and been shown the resource `entity` (Type/id), the newest first; `date` with ge, le, lt.",
        new OtherFormats(), ("entity", SearchParamType.Reference), ("date", SearchParamType.Date));
}

/// <summary>
/// <c>GET AuditEvent?entity=Type/id</c>: who has stored, changed and been shown a resource, the newest first, to whoever
/// sees the resource. With <c>date=le…</c> and <c>ge…</c>, and <c>_count</c>.
/// </summary>
public sealed class SearchAuditEvents<TDatabase>(TDatabase database, ServiceDefinition<TDatabase> definition)
    where TDatabase : ServiceDatabase
{
    private const int Most = 1000, Usual = 50;

    public async Task Handle(HttpContext context, Access access)
    {
        var (asked, refusal) = Asked.Read(context.Request.Query);
        if (refusal is not null)
        {
            await FhirHttp.Refuse(context.Response, refusal, context.RequestAborted);
            return;
        }

        var rows = await database.Read(async session =>
            await session.Resources.Get(access, asked!.Type, asked.Id) is null ? [] : await Find(session, asked),
            context.RequestAborted);
        var root = FhirHttp.BaseUrl(context.Request, definition.Path);
        var bundle = new Bundle { Type = BundleType.Searchset };
        bundle.Link.Add(new Bundle.LinkComponent
        {
            Relation = "self", Url = $"{root}/AuditEvent{context.Request.QueryString}",
        });
        bundle.Entry.AddRange(rows.Take(asked!.Count).Select(row => new Bundle.EntryComponent
        {
            FullUrl = $"urn:uuid:{Guid.CreateVersion7()}", Resource = Event(row, asked, definition.Name),
            Search = new Bundle.SearchComponent { Mode = SearchEntryMode.Match },
        }));
        if (rows.Count > asked.Count)
        {
            bundle.Link.Add(new Bundle.LinkComponent
            {
                Relation = "next",
                Url = $"{root}/AuditEvent?entity={asked.Type}/{asked.Id}&_count={asked.Count}"
                    + $"&date=ge{Text(asked.From)}&date=lt{Text(rows[asked.Count - 1].At)}",
            });
        }

        await FhirHttp.Write(context.Response, 200, FhirJson.Write(bundle), context.RequestAborted);
    }

    private static Task<IReadOnlyList<Row>> Find(Session session, Asked asked) => session.Query<Row>(
        """
        select at, organisation, interaction, version, request from (
            select at, organisation, interaction, version, request from access_log where type = @Type and id = @Id
            union all
            select last_updated, organisation, case when version = 1 then 'create' else 'update' end, version, null
            from resource_version where type = @Type and id = @Id) seen
        where at >= @From and at < @To order by at desc limit @Limit
        """,
        new { asked.Type, asked.Id, asked.From, asked.To, Limit = asked.Count + 1L });

    private static AuditEvent Event(Row row, Asked asked, string service)
    {
        var isOperation = row.Interaction.StartsWith('$');
        var audit = new AuditEvent
        {
            Type = new Coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest"),
            Action = row.Interaction switch
            {
                "create" => AuditEventAction.C,
                "update" => AuditEventAction.U,
                _ => isOperation || row.Interaction == "search-type" ? AuditEventAction.E : AuditEventAction.R,
            },
            Recorded = Micros.ToTime(row.At), Outcome = AuditEventOutcome.N0,
            Source = new AuditEvent.SourceComponent { Observer = new ResourceReference { Display = service } },
        };
        audit.Subtype.Add(isOperation
            ? new Coding("http://hl7.org/fhir/restful-interaction", "operation") { Display = row.Interaction }
            : new Coding("http://hl7.org/fhir/restful-interaction", row.Interaction));
        audit.Agent.Add(new AuditEvent.AgentComponent
        {
            Who = row.Organisation is { } who ? Named(who) : null, Requestor = true,
        });
        var version = row.Version is { } number ? $"/_history/{number.ToString(CultureInfo.InvariantCulture)}" : "";
        audit.Entity.Add(new AuditEvent.EntityComponent
        {
            What = new ResourceReference($"{asked.Type}/{asked.Id}{version}"),
        });
        if (row.Request is { } request)
        {
            audit.Entity.Add(new AuditEvent.EntityComponent
            {
                What = Named(request), Type = new Coding("http://terminology.hl7.org/CodeSystem/audit-entity-type", "4"),
            });
        }

        return audit;
    }

    private static ResourceReference Named(string value) => new() { Identifier = new Identifier { Value = value } };

    private static string Text(long micros) =>
        Micros.ToTime(micros).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    /// <summary>What was asked: times in microseconds, the end outside.</summary>
    private sealed record Asked(string Type, string Id, long From, long To, int Count)
    {
        public static (Asked? Asked, Refusal? Refusal) Read(IQueryCollection query)
        {
            List<FhirIssue> faults = [];
            var (type, id) = ("", "");
            if (query["entity"] is not [{ } entity] || !new ResourceReference(entity).TryGetLocal(out type, out id))
                faults.Add(Refusal.Issue(IssueType.Required, "http.entity", "The entity, as Type/id, once."));
            var (from, to) = (0L, long.MaxValue);
            foreach (var date in query["date"])
            {
                var interval = date is { Length: > 2 } ? DateInterval.OfSearch(date[2..]) : null;
                switch (interval is null ? "" : date![..2])
                {
                    case "ge": from = Micros.From(interval!.Value.Start); break;
                    case "lt": to = Micros.From(interval!.Value.Start); break;
                    case "le": to = Micros.From(interval!.Value.End) + 1; break;
                    default:
                        faults.Add(Refusal.Issue(IssueType.Value, "http.date", "A date with ge, le or lt before it."));
                        break;
                }
            }

            var count = Usual;
            if (query["_count"] is [{ } wanted] && (!int.TryParse(
                wanted, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count == 0))
                faults.Add(Refusal.Issue(IssueType.Value, "http._count", "A number from 1."));
            return faults is []
                ? (new Asked(type!, id!, from, to, Math.Min(count, Most)), null)
                : (null, Refusal.BadRequest(faults));
        }
    }

    private sealed class Row
    {
        public long At { get; init; }

        public string? Organisation { get; init; }

        public string Interaction { get; init; } = "";

        public long? Version { get; init; }

        public string? Request { get; init; }
    }
}
