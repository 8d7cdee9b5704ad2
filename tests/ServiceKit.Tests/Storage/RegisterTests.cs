using Fhir;
using ServiceKit.Storage;

namespace ServiceKit.Tests.Storage;

/// <summary>Copies of types that change seldom: used while nothing has changed, and not a moment longer.</summary>
public sealed class RegisterTests
{
    [Fact]
    public async Task A_copy_is_used_until_somebody_changes_the_register_or_who_sees_it()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        var reads = 0;
        Assert.Equal((0, 1), (await Count(), reads));
        Assert.Equal((0, 1), (await Count(), reads));

        var unit = new Organization { Active = true, Name = "Yksi" };
        await services.Store.Write(session => session.Resources.Create(Access.Local, unit), CancellationToken.None);
        Assert.Equal((1, 2), (await Count(), reads));
        await services.Store.Write(session => session.Resources.Create(Access.Local, new Patient()), CancellationToken.None);
        Assert.Equal((1, 2), (await Count(), reads));

        unit.Active = false;
        await services.Store.Write(session => session.Resources.Update(Access.Local, unit), CancellationToken.None);
        Assert.Equal((1, 3), (await Count(), reads));
        await services.Store.Write(
            session => session.Resources.Share(unit, ["other"]), CancellationToken.None);
        Assert.Equal((1, 4), (await Count(), reads));
        await services.Store.Write(
            session => session.Resources.Withhold("Organization", unit.Id!, "other"), CancellationToken.None);
        Assert.Equal((1, 5), (await Count(), reads));

        // Whoever sees something else has a copy of its own.
        Assert.Equal((0, 6), (await Count(new Access("elsewhere", "elsewhere")), reads));
        Assert.Equal((1, 6), (await Count(), reads));

        Task<int> Count(Access? access = null) => services.Store.ReadOne(
            session => CountOrganizations(session, access ?? Access.Local, () => reads++), CancellationToken.None);
    }

    [Fact]
    public async Task What_a_transaction_has_changed_itself_it_sees_and_nobody_else_does_before_the_commit()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        await services.Store.Write(async session =>
        {
            await session.Resources.Create(Access.Local, new Organization { Name = "Yksi" });
            Assert.Equal(1, await CountOrganizations(session, Access.Local));
            session.Abandon();
        }, CancellationToken.None);
        Assert.Equal(0, await Count());

        // It has read before it changed something.
        await services.Store.Write(async session =>
        {
            Assert.Equal(0, await CountOrganizations(session, Access.Local));
            await session.Resources.Create(Access.Local, new Organization { Name = "Yksi" });
            Assert.Equal(1, await CountOrganizations(session, Access.Local));
        }, CancellationToken.None);
        Assert.Equal(1, await Count());

        Task<int> Count() => services.Store.Write(
            session => CountOrganizations(session, Access.Local), CancellationToken.None);
    }

    [Fact]
    public async Task What_was_changed_without_being_counted_is_seen_after_a_minute()
    {
        var time = new ManualTime();
        await using var services = await RunningServices.Start(withReceiver: false, time: time);
        var reads = 0;
        foreach (var (passes, expected) in (IEnumerable<(int, int)>)[(0, 1), (59, 1), (2, 2), (1, 2)])
        {
            time.Advance(TimeSpan.FromSeconds(passes));
            await services.Store.ReadOne(
                session => CountOrganizations(session, Access.Local, () => reads++), CancellationToken.None);
            Assert.Equal(expected, reads);
        }
    }

    [Fact]
    public async Task What_was_found_by_its_identifier_is_found_in_memory_until_somebody_changes_the_register()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        Assert.Equal("", await NameOf("1"));
        var unit = Unit("1", "Yksi");
        await services.Store.Write(session => session.Resources.Create(Access.Local, unit), CancellationToken.None);
        Assert.Equal("Yksi", await NameOf("1"));

        // Nobody has counted this, so that only memory still knows the identifier.
        await services.Store.Write(session => session.Execute("delete from search_index"), CancellationToken.None);
        Assert.Equal("Yksi", await NameOf("1"));
        Assert.Equal("", await NameOf("1", new Access("elsewhere", "elsewhere")));

        unit.Name = "Uusi";
        await services.Store.Write(session => session.Resources.Update(Access.Local, unit), CancellationToken.None);
        Assert.Equal("Uusi", await NameOf("1"));
        await services.Store.Write(
            session => session.Resources.Create(Access.Local, Unit("2", "Kaksi")), CancellationToken.None);
        Assert.Equal("Uusi Kaksi", await NameOf("1 2"));
        Assert.Equal("Uusi Kaksi", await NameOf("1 2"));

        Task<string> NameOf(string values, Access? access = null) => services.Store.ReadOne(
            session => Names(session, access ?? Access.Local, values.Split(' ')), CancellationToken.None);
    }

    [Fact]
    public async Task Whoever_locks_what_it_decides_about_sees_what_others_have_changed_meanwhile()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        await services.Store.Write(
            session => session.Resources.Create(Access.Local, Unit("1", "Yksi")), CancellationToken.None);
        await services.Store.Write(async session =>
        {
            Assert.Equal("Yksi", await Names(session, Access.Local, "1"));
            // As another process does: this database lets nobody else write meanwhile.
            await session.Execute("update register_stamp set stamp = stamp + 1");
            await session.Execute("delete from search_index");
            await session.Lock(Access.Local, "Patient", "1");
            Assert.Equal("", await Names(session, Access.Local, "1"));
        }, CancellationToken.None);
    }

    private static Organization Unit(string value, string name) =>
        new() { Identifier = [new Identifier("https://units.example", value)], Name = name };

    private static async Task<string> Names(Session session, Access access, params string[] values)
    {
        List<(string, string, string)> wanted =
            [.. values.Select(value => ("Organization", "https://units.example", value))];
        var ids = await session.Resources.FindByIdentifiers(access, wanted);
        List<string> names = [];
        foreach (var id in wanted.SelectMany(one => ids[one]))
            names.Add((await session.Resources.Get<Organization>(access, id))!.Name!);
        return string.Join(' ', names);
    }

    private static Task<int> CountOrganizations(Session session, Access access, Action? read = null) =>
        session.Registers.Of((nameof(RegisterTests), access), async () =>
        {
            read?.Invoke();
            return (await session.Resources.FindAll<Organization>(access)).Count;
        });
}
