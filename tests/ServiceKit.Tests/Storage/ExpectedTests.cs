using Fhir;
using ServiceKit.Storage;

namespace ServiceKit.Tests.Storage;

/// <summary>Questions that a trial is likely to ask: their answers come along with that to another.</summary>
public sealed class ExpectedTests
{
    [Fact]
    public async Task What_is_expected_comes_along_with_the_next_question_and_answers_once()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        await services.Store.Write(
            session => session.Resources.Create(Access.Local, Unit("1")), CancellationToken.None);

        await services.Store.Try(async session =>
        {
            SearchClause[] both = [Number("1", "2")];
            session.Resources.Expect<Organization>(Access.Local, both);
            Assert.Empty(await Find(session, Number("3")));
            await services.Store.Write(
                other => other.Resources.Create(Access.Local, Unit("2")), CancellationToken.None);

            // Where asking costs a way to the server it has come along, and knows nothing of the second.
            Assert.Equal(session.Dialect.SingleProcess ? ["2", "1"] : ["1"], await Find(session, both));
            Assert.Equal(["2", "1"], await Find(session, both));
            return true;
        }, CancellationToken.None);
    }

    private static Organization Unit(string number) =>
        new() { Identifier = [new Identifier("urn:test:unit", number)] };

    private static SearchClause Number(params string[] numbers) =>
        new SearchClause.Token("identifier", [.. numbers.Select(number => new TokenValue("urn:test:unit", number))]);

    private static async Task<IEnumerable<string>> Find(Session session, params SearchClause[] clauses) =>
        (await session.Resources.FindAll<Organization>(Access.Local, clauses)).Select(unit => unit.Identifier[0].Value!);
}
