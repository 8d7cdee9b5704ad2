using Fhir;
using ServiceKit.Storage;
using TestServers;

namespace ServiceKit.Tests.Storage;

/// <summary>The index by key and time, and what the version before has stored without.</summary>
public sealed class IndexRenewalTests
{
    private const string Former = "update search_index set key = null, at = null where id = @id";

    [Fact]
    public async Task What_the_version_before_has_stored_is_found_after_the_next_start_and_nothing_twice()
    {
        await using var backend = await TestBackend.Create();
        Observation[] stored = [Coded("a"), Coded("a"), Coded("b")];
        await using (var before = await RunningServices.Start(backend, withReceiver: false))
        {
            await before.Store.Write(async session =>
            {
                foreach (var observation in stored) await session.Resources.Create(Access.Local, observation);
            }, CancellationToken.None);
            foreach (var observation in stored[1..])
                await before.Store.Write(
                    session => session.Execute(Former, new { id = observation.Id }), CancellationToken.None);
            Assert.Equal([stored[0].Id], await Found(before, "a"));
        }

        await using var after = await RunningServices.Start(backend, withReceiver: false);
        Assert.Equal(stored[..2].Select(one => one.Id).Order(), (await Found(after, "a")).Order());
        Assert.Equal([stored[2].Id], await Found(after, "b"));
        Assert.Equal(0, await new StoreDatabaseReader(after.Store).Count(
            "select count(*) from search_index where at is null"));
    }

    [Fact]
    public async Task What_was_stored_before_there_was_a_search_parameter_is_found_by_it_after_the_next_start()
    {
        await using var backend = await TestBackend.Create();
        var task = new FhirTask
        {
            Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order,
            Restriction = new FhirTask.RestrictionComponent { Period = new Period { End = "2026-12-01" } },
        };
        await using (var before = await RunningServices.Start(backend, withReceiver: false))
        {
            await before.Store.Write(session => session.Resources.Create(Access.Local, task), CancellationToken.None);
            Assert.Equal([task.Id], await Due(before));
            await before.Store.Write(session => session.Execute("delete from search_index where param = 'due'"), CancellationToken.None);
        }

        await using (var same = await RunningServices.Start(backend, withReceiver: false))
        {
            Assert.Empty(await Due(same));
            await same.Store.Write(session => session.Execute(
                "update store_identity set value = 'others' where name = 'search-parameters/Task'"), CancellationToken.None);
        }

        await using var after = await RunningServices.Start(backend, withReceiver: false);
        Assert.Equal([task.Id], await Due(after));
        Assert.Equal(0, await new StoreDatabaseReader(after.Store).Count(
            "select count(*) from search_index where at is null"));
    }

    [Fact]
    public async Task What_has_a_code_under_two_systems_is_one_match()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        var observation = Coded("a");
        observation.Code!.Coding.Add(new Coding("http://example.org/other", "a"));
        await services.Store.Write(session => session.Resources.Create(Access.Local, observation), CancellationToken.None);
        Assert.Equal([observation.Id], await Found(services, "a"));
    }

    private static Observation Coded(string code) => new()
    {
        Status = ObservationStatus.Final, Code = new CodeableConcept("http://example.org/codes", code),
    };

    private static Task<IEnumerable<string>> Found(RunningServices services, string code) =>
        Found(services, "Observation", new SearchClause.Token("code", [new TokenValue(null, code)]));

    // The first minutes of the day in Finland, and later.
    private static Task<IEnumerable<string>> Due(RunningServices services) => Found(services, "Task",
        new SearchClause.Date("due", [new DateValue("ge", Micros.From(new(2026, 11, 30, 22, 0, 0, TimeSpan.Zero)), long.MaxValue)]));

    private static async Task<IEnumerable<string>> Found(RunningServices services, string type, SearchClause clause) =>
        (await services.Store.Read(session => session.Resources.Search(
            Access.Local, new SearchQuery(type) { Clauses = [clause] }), CancellationToken.None))
        .Matches.Select(match => match.Id);
}
