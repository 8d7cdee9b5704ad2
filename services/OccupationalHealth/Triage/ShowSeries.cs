using Fhir;
using Fhir.Json;
using OccupationalHealth.Placement;
using ServiceKit.Rest;
using ServiceKit.Tables;

namespace OccupationalHealth.Triage;

/// <summary>
/// <c>GET Observation/$series?patient=ID&amp;code=phq-9</c>: session-by-session scores, as a collection of
/// Observations, as <c>text/csv</c> or as a chart (<c>image/svg+xml</c>). The person is named by the id of this base,
/// never by a code.
/// </summary>
public static class ShowSeries
{
    private static readonly Wording[] Columns =
    [
        new("päivä", "dag", "day"), new("pisteet", "poäng", "score"), new("luokka", "klass", "band"),
        new("selite", "förklaring", "name"),
    ];

    public static void MapSeries(this RouteGroupBuilder group) =>
        group.MapGet("/Observation/$series", Show).WithMetadata(new OtherFormats(FileAnswers.Csv, FileAnswers.Svg));

    private static async Task Show(HttpContext context, OccupationalHealthDatabase database, CancellationToken cancel)
    {
        var query = context.Request.Query;
        var patient = query["patient"].ToString().Replace("Patient/", "", StringComparison.Ordinal);
        var code = query["code"].ToString();
        var instrument = Instruments.All.FirstOrDefault(known => known.HasTotal
            && (known.Code == code || $"{known.TotalSystem}|{known.TotalCode}" == code));
        var access = FhirHttp.AccessOf(context.Request);
        var refusal = access is null ? Refusal.Unknown : Faults(patient, instrument) is { Count: > 0 } faults
            ? Refusal.BadRequest(faults) : null;
        var (person, points) = refusal is not null ? (null, []) : await database.Read(async session =>
            await session.Resources.Get<Patient>(access!, patient) is { } known
                ? (known, await ScoreSeries.Read(session, access!, known, instrument!)) : (null, []), cancel);
        if (person is null)
        {
            refusal ??= Refusal.NotFound("There is no such Patient.");
            await FhirHttp.Refuse(context.Response, refusal, cancel);
            return;
        }

        var language = Languages.Of(context.Request);
        await (FhirHttp.OtherFormat(context.Request) switch
        {
            FileAnswers.Csv => FileAnswers.Write(context, FileAnswers.Csv, Table(points, language)),
            FileAnswers.Svg => FileAnswers.Write(
                context, FileAnswers.Svg, ScoreChart.Of(instrument!, points, PersonsGender.Of(person), language)),
            _ => FhirHttp.Write(context.Response, 200, FhirJson.Write(Collection(context, points)), cancel),
        });
    }

    private static List<FhirIssue> Faults(string patient, Instrument? instrument)
    {
        List<FhirIssue> faults = [];
        if (!Lexical.IsId(patient))
            faults.Add(Refusal.Issue(IssueType.Value, "http.patient", "The id of a Patient of this base."));
        if (instrument is null)
            faults.Add(Refusal.Issue(IssueType.CodeInvalid, "http.code", "An instrument or the code of its total: "
                + $"{string.Join(", ", Instruments.All.Where(known => known.HasTotal).Select(known => known.Code))}."));
        return faults;
    }

    private static Bundle Collection(HttpContext context, IReadOnlyList<ScorePoint> points)
    {
        var root = FhirHttp.BaseUrl(context.Request, OccupationalHealthModule.Definition.Path);
        var bundle = new Bundle { Type = BundleType.Collection };
        bundle.Entry.AddRange(points.Select(point => new Bundle.EntryComponent
        {
            FullUrl = $"{root}/Observation/{point.Observation.Id}", Resource = point.Observation,
        }));
        return bundle;
    }

    private static string Table(IReadOnlyList<ScorePoint> points, Language language) => CsvWriter.Write(
        [
            [.. Columns.Select(column => column.In(language))],
            .. points.Select(point => (object?[])
                [$"{point.Day:yyyy-MM-dd}", point.Total, point.Band?.Code, NameOf(point, language)]),
        ], ';');

    private static string? NameOf(ScorePoint point, Language language) =>
        point.Band is { } band ? Instruments.NameOfBand(band.Code)?.In(language) : null;
}
