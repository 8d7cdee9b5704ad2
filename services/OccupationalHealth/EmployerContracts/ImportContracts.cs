using Fhir;
using Fhir.Json;
using ServiceKit.Rest;
using ServiceKit.Tables;

namespace OccupationalHealth.EmployerContracts;

/// <summary>
/// <c>POST Contract/$import</c>: contracts as <c>text/csv</c> (see <see cref="ContractLine"/>). The answer, an
/// OperationOutcome, tells of each line what became of it. With a fault in any line nothing is stored, and every fault
/// is named with its line and column. A number that is known of the provider changes that contract. With
/// <c>?dry-run=true</c> the answer tells what would become of each line, faults among it, and nothing is stored.
/// </summary>
public static class ImportContracts
{
    public static void MapImportContracts(this RouteGroupBuilder group) => group.MapPost("/Contract/$import", Import);

    private static async Task Import(HttpContext context, OccupationalHealthDatabase database, CancellationToken cancel)
    {
        if (FhirHttp.AccessOf(context.Request) is not { } access)
        {
            await FhirHttp.Refuse(context.Response, Refusal.Unknown, cancel);
            return;
        }

        var (rows, refusal) = await Read(context.Request, cancel);
        if (refusal is not null)
        {
            await FhirHttp.Refuse(context.Response, refusal, cancel);
            return;
        }

        var isDryRun = context.Request.Query["dry-run"] == "true";
        var report = await database.Write(async session =>
        {
            var import = new ContractImport(session, access, rows);
            await import.Check(cancel);
            if (isDryRun || rows.Any(row => !row.IsRight))
                session.Abandon();
            else
                await import.Store();
            return import.Report(isDryRun);
        }, cancel);
        await (!isDryRun && rows.Any(row => !row.IsRight)
            ? FhirHttp.Refuse(
                context.Response, Refusal.BadRequest([.. rows.SelectMany(row => row.PlacedFaults)]), cancel)
            : FhirHttp.Write(context.Response, 200, FhirJson.Write(Outcome(report)), cancel));
    }

    private static async Task<(IReadOnlyList<ContractRow> Rows, Refusal? Refusal)> Read(
        HttpRequest request, CancellationToken cancel)
    {
        if (FhirHttp.MediaType(request.ContentType ?? "") != "text/csv")
            return ([], new Refusal(415, "SEND_UNSUPPORTED_MEDIA", [Refusal.Issue(
                IssueType.NotSupported, "", "The body must be text/csv, in UTF-8.")]));
        if (request.Query["dry-run"] is not ([] or ["true" or "false"]))
            return ([], Refusal.BadRequest(Refusal.Issue(IssueType.Value, "http.dry-run", "It is true or false.")));
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        if (CsvReader.Decode(body.ToArray()) is not { } text)
            return ([], Refusal.BadRequest(Refusal.Issue(
                IssueType.Value, "", "The text is not UTF-8: save the spreadsheet as CSV UTF-8.")));
        var (rows, faults) = ContractFile.Read(text);
        return (rows, faults.Count > 0 ? Refusal.BadRequest(faults) : null);
    }

    private static OperationOutcome Outcome(IReadOnlyList<FhirIssue> report)
    {
        var outcome = new OperationOutcome();
        foreach (var issue in report)
            outcome.Issue.Add(new OperationOutcome.IssueComponent
            {
                Severity = issue.Severity, Code = issue.Code, Diagnostics = issue.Message,
                ExpressionElement = [new FhirString(issue.Expression)],
            });
        return outcome;
    }
}
