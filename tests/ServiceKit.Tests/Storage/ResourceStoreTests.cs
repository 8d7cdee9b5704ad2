using Fhir;
using ServiceKit.Storage;
using TestServers;

namespace ServiceKit.Tests.Storage;

/// <summary>What transactions do with resources, before anything of them is sent to the database.</summary>
public sealed class ResourceStoreTests
{
    [Fact]
    public async Task What_one_transaction_stores_and_changes_again_has_all_its_versions_and_is_found_by_the_newest()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        var patient = new Patient { Name = [new HumanName { Family = "Ensinen" }] };
        await services.Store.Write(async session =>
        {
            await session.Resources.Create(Access.Local, patient);
            foreach (var family in (string[])["Toinen", "Kolmas"])
            {
                patient.Name[0].Family = family;
                Assert.True(await session.Resources.Update(Access.Local, patient));
            }
        }, CancellationToken.None);

        var newest = await Read(services, session => session.Resources.Get<Patient>(Access.Local, patient.Id!));
        Assert.Equal(("3", "Kolmas"), (newest!.Meta!.VersionId, newest.Name[0].Family));
        var history = await Read(services, session => session.Resources.History(Access.Local, "Patient", patient.Id!));
        Assert.Equal(["Kolmas", "Toinen", "Ensinen"], history.Select(one => one.As<Patient>().Name[0].Family));
        foreach (var (family, found) in (IEnumerable<(string, int)>)[("Ensinen", 0), ("Toinen", 0), ("Kolmas", 1)])
        {
            var query = new SearchQuery("Patient")
            {
                Clauses = [new SearchClause.Text("family", [family], TextMatch.Start)],
            };
            Assert.Equal(found, (await Read(services, s => s.Resources.Search(Access.Local, query))).Matches.Count);
        }
    }

    [Fact]
    public async Task All_that_points_to_a_resource_is_found_however_much_it_is()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        await services.Store.Write(async session =>
        {
            for (var i = 0; i <= SearchQuery.MostAtOnce; i++)
                await session.Resources.Create(Access.Local, new Observation
                {
                    Status = ObservationStatus.Final, Code = new CodeableConcept { Text = "a" },
                    Subject = new ResourceReference("Patient/p"),
                });
        }, CancellationToken.None);

        var found = await Read(services, session => session.Resources.FindByReference<Observation>(
            Access.Local, "subject", "Patient", "p"));
        Assert.Equal(SearchQuery.MostAtOnce + 1, found.DistinctBy(one => one.Id).Count());
    }

    [Fact]
    public async Task A_trial_sees_what_it_has_stored_and_keeps_nothing_and_waits_for_nobody()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        var known = new Patient { Active = true };
        await services.Store.Write(session => session.Resources.Create(Access.Local, known), CancellationToken.None);
        await services.Store.Write(async writing =>
        {
            await writing.Lock(Access.Local, "Patient", known.Id!);
            await services.Store.Try(async session =>
            {
                await session.Lock(Access.Local, "Patient", known.Id!);
                var seen = (await session.Resources.Get<Patient>(Access.Local, known.Id!))!;
                seen.Active = false;
                Assert.False(await session.Resources.Update(Access.Local, seen, expectedVersion: 2));
                Assert.True(await session.Resources.Update(Access.Local, seen, expectedVersion: 1));
                Assert.True(await session.Resources.Update(Access.Local, seen));
                var again = (await session.Resources.Get<Patient>(Access.Local, known.Id!))!;
                Assert.Equal(("3", false), (again.Meta!.VersionId, again.Active));

                var made = await session.Resources.Create(Access.Local, new Patient());
                Assert.NotNull(await session.Resources.Get<Patient>(Access.Local, made.Id!));
                Assert.False(await session.Resources.Update(Access.Local, new Patient { Id = "absent" }));
                await session.Timers.Set("kind", "Patient", made.Id!, session.Now);
                return true;
            }, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        }, CancellationToken.None);

        var newest = await Read(services, session => session.Resources.Get<Patient>(Access.Local, known.Id!));
        Assert.Equal(("1", true), (newest!.Meta!.VersionId, newest.Active));
        Assert.Single((await Read(services, session =>
            session.Resources.Search(Access.Local, new SearchQuery("Patient")))).Matches);
    }

    [FactOnRabbit]
    public async Task A_change_of_what_another_has_changed_meanwhile_is_not_stored_and_may_be_tried_again()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        var patient = new Patient { Active = true };
        await services.Store.Write(session => session.Resources.Create(Access.Local, patient), CancellationToken.None);
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => services.Store.Write(async session =>
        {
            var seen = (await session.Resources.Get<Patient>(Access.Local, patient.Id!))!;
            await services.Store.Write(Rename, CancellationToken.None);
            seen.Active = false;
            await session.Resources.Update(Access.Local, seen);
        }, CancellationToken.None));

        Assert.True(services.Store.IsAway(fault));
        var newest = await Read(services, session => session.Resources.Get<Patient>(Access.Local, patient.Id!));
        Assert.Equal(("2", true, "Toinen"), (newest!.Meta!.VersionId, newest.Active, newest.Name[0].Family));

        async Task Rename(Session session)
        {
            var other = (await session.Resources.Get<Patient>(Access.Local, patient.Id!))!;
            other.Name.Add(new HumanName { Family = "Toinen" });
            await session.Resources.Update(Access.Local, other);
        }
    }

    private static Task<T> Read<T>(RunningServices services, Func<Session, Task<T>> query) =>
        services.Store.ReadOne(query, CancellationToken.None);
}
