using Fhir;
using Fhir.Json;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Rest;
using ServiceKit.Storage;
using ServiceKit.Tables;

namespace OccupationalHealth.EmployerContracts;

/// <summary>
/// <c>POST Contract/$import</c>: contracts as <c>text/csv</c> (see <see cref="ContractLine"/>). The answer, an
/// OperationOutcome, tells of each line what became of it. With a fault in any line nothing is stored, and every fault
/// is named with its line and column. A number that is known of the provider changes that contract.
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

        if (FhirHttp.MediaType(context.Request.ContentType ?? "") != "text/csv")
        {
            await FhirHttp.Refuse(context.Response, new Refusal(415, "SEND_UNSUPPORTED_MEDIA", [Refusal.Issue(
                IssueType.NotSupported, "", "The body must be text/csv, in UTF-8.")]), cancel);
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancel);
        if (CsvReader.Decode(body.ToArray()) is not { } text)
        {
            await FhirHttp.Refuse(context.Response, Refusal.BadRequest(Refusal.Issue(
                IssueType.Value, "", "The text is not UTF-8.")), cancel);
            return;
        }

        var (lines, broken) = CsvReader.Read(text, CsvReader.SeparatorOf(text));
        var (done, faults) = await database.Write(async session =>
        {
            var result = await new Importer(session, access).All(lines, broken, cancel);
            if (result.Faults.Count > 0)
                session.Abandon();
            return result;
        }, cancel);
        await (faults.Count > 0
            ? FhirHttp.Refuse(context.Response, Refusal.BadRequest(faults), cancel)
            : FhirHttp.Write(context.Response, 200, FhirJson.Write(Report(done)), cancel));
    }

    private static OperationOutcome Report(IReadOnlyList<FhirIssue> done)
    {
        var report = new OperationOutcome();
        foreach (var line in done)
            report.Issue.Add(new OperationOutcome.IssueComponent
            {
                Severity = IssueSeverity.Information, Code = IssueType.Informational, Diagnostics = line.Message,
                ExpressionElement = [new FhirString(line.Expression)],
            });
        return report;
    }

    private sealed class Importer(Session session, Access access)
    {
        // One transaction for all, which others wait for.
        private const int MostLines = 1000;

        private readonly List<FhirIssue> done = [], faults = [];
        private readonly HashSet<(string? Provider, string Number)> numbers = [];

        public async Task<(IReadOnlyList<FhirIssue> Done, IReadOnlyList<FhirIssue> Faults)> All(
            IReadOnlyList<CsvRecord> lines, IReadOnlyList<int> broken, CancellationToken cancel)
        {
            faults.AddRange(broken.Select(line => Refusal.Issue(
                IssueType.Structure, $"line[{line}]", "A quotation mark is missing, or stands within a field.")));
            if (broken.Count > 0)
                return (done, faults);
            if (lines is not [var head, _, ..])
                faults.Add(Refusal.Issue(IssueType.Required, "line[1]",
                    $"The first line names the columns ({string.Join(", ", ContractLine.All)}), contracts follow."));
            else if (lines.Count - 1 > MostLines)
                faults.Add(Refusal.Issue(IssueType.TooCostly, $"line[{lines[MostLines + 1].Line}]",
                    $"A file has {MostLines} contracts at most: send the others in another one."));
            else if (Heads(head).ToList() is { Count: > 0 } wrong)
                faults.AddRange(wrong);
            else
            {
                await ContractNumbers.Lock(session, access);
                foreach (var line in lines.Skip(1))
                {
                    cancel.ThrowIfCancellationRequested();
                    await One(line, Trimmed(head), cancel);
                }
            }

            return (done, faults);
        }

        private static List<string> Trimmed(CsvRecord line) => [.. line.Fields.Select(field => field.Trim())];

        // A file without its first line has contents there: what is no column's name is not repeated.
        private static IEnumerable<FhirIssue> Heads(CsvRecord head) =>
            ContractLine.Required.Except(Trimmed(head)).Select(name => $"{name} is missing")
                .Concat(Trimmed(head).Index().Where(column => !ContractLine.All.Contains(column.Item))
                    .Select(column => $"number {column.Index + 1} is not known; known are "
                        + string.Join(", ", ContractLine.All)))
                .Concat(Trimmed(head).Where(ContractLine.All.Contains).GroupBy(name => name)
                    .Where(same => same.Count() > 1).Select(same => $"{same.Key} stands there twice"))
                .Select(fault => Refusal.Issue(IssueType.Structure, "line[1]", $"The column {fault}."));

        private async Task One(CsvRecord line, IReadOnlyList<string> heads, CancellationToken cancel)
        {
            var place = $"line[{line.Line}]";
            if (line.Fields.Count != heads.Count)
            {
                faults.Add(Refusal.Issue(IssueType.Structure, place,
                    $"The line has {line.Fields.Count} columns, and {heads.Count} are named."));
                return;
            }

            var read = new ContractLine(heads.Zip(Trimmed(line)).ToDictionary(pair => pair.First, pair => pair.Second));
            List<FhirIssue> wrong = [.. read.Faults()];
            if (read.Number.Value is { } number && !numbers.Add((read.Provider.Value, number)))
                wrong.Add(Refusal.Issue(
                    IssueType.Duplicate, "number",
                    "An earlier line of this provider has this number: a contract stands on one line."));
            var provider = wrong.Count > 0 ? null : await Known(read.Provider);
            if (wrong.Count == 0 && provider is null)
                wrong.Add(Refusal.Issue(IssueType.NotFound, "provider", "This base has no such Organization."));
            var employer = wrong.Count > 0 ? null : await Employer(read, wrong);
            if (wrong.Count == 0)
                wrong.AddRange(await Store(read, employer!, provider!, place, cancel));
            faults.AddRange(wrong.Select(fault => fault with { Expression = $"{place}.{fault.Expression}" }));
        }

        private async Task<IReadOnlyList<FhirIssue>> Store(
            ContractLine read, Organization employer, Organization provider, string place, CancellationToken cancel)
        {
            var stored = await ContractNumbers.Find(session, access, provider.Id!, read.Number.Value!);
            if (stored.Count > 1)
                return [Refusal.Issue(IssueType.MultipleMatches, "number",
                    $"Several contracts of this provider have this number: {string.Join(", ", stored.Select(
                        one => $"Contract/{one.Id}"))}.")];
            var current = stored.SingleOrDefault();
            var contract = current?.Clone() ?? new Contract { Id = ResourceStore.NewId() };
            read.Fill(contract, employer.Id!, provider.Id!);
            if (await new ContractRule().Check(new Write<Contract>(contract, current, access, session), cancel) is { } no)
                return no.Issues;
            var isSame = current?.DeepEquals(contract) == true;
            if (current is null)
                await session.Resources.Create(access, contract);
            else if (!isSame)
                await session.Resources.Update(access, contract);
            done.Add(Refusal.Issue(IssueType.Informational, place, $"Contract/{contract.Id} "
                + (isSame ? "is as it was." : current is null ? "was created." : "was changed.")));
            var known = PlacementRules.InForceOn(FinnishTime.DateOf(session.Now)).Methods.Select(method => method.Code);
            done.AddRange(read.MethodCodes.Except(known).Select(code => Refusal.Issue(
                IssueType.Informational, $"{place}.methods",
                $"The placement rules know no method '{code}': it covers only what is asked for under this very code.")));
            return [];
        }

        private async Task<Organization?> Employer(ContractLine read, List<FhirIssue> wrong)
        {
            if (await Known(read.Employer) is { } known)
                return known;
            if (read.EmployerName is { } name)
                return await session.Resources.Create(access, new Organization
                {
                    Active = true, Name = name, Identifier = [read.Employer],
                });
            wrong.Add(Refusal.Issue(IssueType.Required, "employer-name", "A new employer has a name."));
            return null;
        }

        private async Task<Organization?> Known(Identifier identifier)
        {
            await session.Lock(access, identifier);
            return await session.Resources.FindByToken<Organization>(access, "identifier", identifier.System!, identifier.Value!);
        }
    }
}
