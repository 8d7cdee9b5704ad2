using Fhir;
using ServiceKit.Storage;
using TestServers;

namespace ServiceKit.Tests.Storage;

/// <summary>
/// A database that has not counted its rows yet guesses badly where to begin: what a search reads must not depend on it.
/// </summary>
public sealed class NewDatabaseTests
{
    private const int Persons = 1500, FarFewer = 60;
    private const string Register = "urn:oid:1.2.3";

    [FactOnRabbit]
    public async Task A_search_for_something_of_one_person_reads_that_persons_rows_and_not_everybodys()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        await services.Store.Write(StoreAll, CancellationToken.None);
        var one = new TokenValue("Patient", "p700");
        var ofOne = new SearchClause.Reference("subject", [one]);
        var identified = new SearchClause.Token("identifier", [new TokenValue(Register, "700")]);
        foreach (var (name, query, found) in (IEnumerable<(string, SearchQuery, int)>)
        [
            ("one value", Of("Task", ofOne), 2),
            ("two values", Of("Task", ofOne, new SearchClause.Token("code", [new TokenValue(Register, "0")])), 1),
            ("a value of a kind that most have", Of("Patient", identified, new SearchClause.Token(
                "active", [new TokenValue(null, "true")])), 1),
            ("chained", Of("Task", new SearchClause.Chain("subject", [new Target("Patient", identified)])), 2),
            ("what comes along", Of("Patient", identified) with { Includes = [new Include("Task", "subject", null, true)] }, 1),
        ])
        {
            await services.Store.Read(async session =>
            {
                // A prepared statement is planned anew some times, and then once for all values.
                for (var time = 0; time < 12; time++)
                    Assert.Equal(found, (await session.Resources.Search(Access.Local, query)).Matches.Count);
                await Reads(session, name, 12);
                return true;
            }, CancellationToken.None);
        }

        await services.Store.Read(async session =>
        {
            for (var time = 0; time < 12; time++)
            {
                var known = await session.Resources.FindByIdentifiers(
                    Access.Local, [("Patient", Register, "700"), ("Patient", Register, "none")]);
                Assert.Equal(["p700"], known[("Patient", Register, "700")]);
            }

            await Reads(session, "by identifiers", 12);
            return true;
        }, CancellationToken.None);
    }

    private static async Task Reads(Session session, string name, int times)
    {
        var read = await session.First<long>(
            """
            select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint from pg_stat_xact_user_tables
            where relname in ('resource', 'resource_version', 'search_index')
            """);
        Assert.True(read < FarFewer * times, $"{name}: {read / times} rows for one search");
    }

    private static SearchQuery Of(string type, params SearchClause[] clauses) => new(type) { Clauses = clauses };

    private static async Task StoreAll(Session session)
    {
        for (var i = 0; i < Persons; i++)
        {
            var patient = new Patient
            {
                Id = $"p{i}", Active = true,
                Identifier = [new Identifier(Register, i.ToString(System.Globalization.CultureInfo.InvariantCulture))],
            };
            await session.Resources.Create(Access.Local, patient);
            foreach (var code in (string[])["0", "1"])
                await session.Resources.Create(Access.Local, new FhirTask
                {
                    Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order,
                    Code = new CodeableConcept(Register, code), For = new ResourceReference($"Patient/p{i}"),
                });
        }
    }
}
