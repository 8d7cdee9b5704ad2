using System.IO.Pipelines;
using Fhir;
using Fhir.Json;
using Messages;
using OccupationalHealth.Catalogue;
using OccupationalHealth.EmployerContracts;
using OccupationalHealth.Outcomes;
using OccupationalHealth.Placement;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Simulation;

/// <summary>
/// <c>POST $simulate</c>: a scenario and its cases as NDJSON; answers the demand in each alternative as Parameters with a
/// MeasureReport, as <c>text/csv</c> or as <c>image/svg+xml</c>. It reads line by line and stores nothing.
/// </summary>
public static class Simulate
{
    private static readonly string[] BodyTypes =
        ["application/fhir+ndjson", "application/x-ndjson", "application/ndjson"];

    private static readonly OtherFormats Formats = new(FileAnswers.Csv, FileAnswers.Svg);

    public static void MapSimulate(this RouteGroupBuilder group) =>
        group.MapPost("/$simulate", Run).WithMetadata(Formats);

    private static async Task Run(
        HttpContext context, OccupationalHealthDatabase database, TimeProvider time, CancellationToken cancel)
    {
        if (FhirHttp.AccessOf(context.Request) is not { } access)
        {
            await FhirHttp.Refuse(context.Response, Refusal.Unknown, cancel);
            return;
        }

        if (!BodyTypes.Contains(FhirHttp.MediaType(context.Request.ContentType ?? ""), StringComparer.OrdinalIgnoreCase))
        {
            await FhirHttp.Refuse(context.Response, new Refusal(415, "SEND_UNSUPPORTED_MEDIA", [Refusal.Issue(
                IssueType.NotSupported, "", $"The body is one of {string.Join(", ", BodyTypes)}.")]), cancel);
            return;
        }

        var (result, faults) = await RunSimulation.Of(
            PipeReader.Create(context.Request.Body, new StreamPipeReaderOptions(bufferSize: 65_536, leaveOpen: true)),
            () => database.Read(session => Stored(session, access), cancel), cancel);
        await (result is null
            ? FhirHttp.Refuse(context.Response, Refusal.BadRequest(faults), cancel)
            : Answer(context, result, time, cancel));
    }

    private static Task Answer(HttpContext context, Simulated result, TimeProvider time, CancellationToken cancel)
    {
        var smallest = OutcomeRules.InForceOn(FinnishTime.DateOf(time.GetUtcNow())).SmallestGroup;
        var figures = DemandTable.Of(result.Demand, smallest);
        var language = Languages.Of(context.Request);
        return FhirHttp.OtherFormat(context.Request) switch
        {
            FileAnswers.Csv => FileAnswers.Write(
                context, FileAnswers.Csv, DemandCsv.Of(result, figures, language)),
            FileAnswers.Svg => FileAnswers.Write(
                context, FileAnswers.Svg, DemandChart.Of(result, figures, smallest, language)),
            _ => FhirHttp.Write(
                context.Response, 200, FhirJson.Write(DemandReport.Of(result, figures, time.GetUtcNow())), cancel),
        };
    }

    private static async Task<StoredWorld> Stored(Session session, Access access)
    {
        var regions = (await session.Resources.FindAll<Organization>(
                access, new SearchClause.Token("identifier", [new TokenValue(Systems.Region, null)])))
            .ToDictionary(county => county.Id!, county => county.Identifier.First(
                one => one.System == Systems.Region).Value, StringComparer.Ordinal);
        var contracts = (await session.Resources.FindAll<Contract>(access)).Where(FindContracts.IsAgreed)
            .Select(contract => ContractReading.Read(contract).Scope).OfType<ContractScope>();
        var units = (await session.Resources.FindAll<HealthcareService>(access))
            .Where(service => service.Active is not false)
            .Select(service => UnitReading.Read(service).Unit).OfType<OfferedUnit>();
        return new StoredWorld(
            [.. contracts], [.. units.Select(unit => new OwnedUnit(regions.GetValueOrDefault(unit.Provider!), unit))]);
    }
}
