using System.Net;
using Fhir;
using Messages;

namespace OccupationalHealth.Tests.EmployerContracts;

/// <summary>Numbers of contracts that come by REST.</summary>
public sealed class ContractNumberTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    [Fact]
    public async Task A_number_of_the_same_provider_is_refused_and_of_another_it_is_another_contracts()
    {
        await Employer("employer-numbered");
        var first = (Contract)(await app.Post("Contract", Numbered("employer-numbered", "2026-17"))).Body;
        Assert.Equal(["duplicate Contract.identifier[0]", "conflict Contract.applies"],
            (await app.Post("Contract", Numbered("employer-numbered", "2026-17"))).Faults);

        var second = (Contract)(await app.Post("Contract", Numbered("employer-a", "2026-17", "oh-provider-b"))).Body;
        Assert.Equal(HttpStatusCode.OK, (await app.Put(first)).Status);
        first.Applies!.EndElement = new FhirDateTime("2026-12-31");
        Assert.Equal(HttpStatusCode.OK, (await app.Put(first)).Status);
        second.Authority = [Reference("oh-provider-a")];
        second.Subject = [Reference("employer-numbered")];
        second.Applies = new Period(new FhirDateTime("2027-01-01"), null);
        Assert.Equal(["duplicate Contract.identifier[0]"], (await app.Put(second)).Faults);
    }

    [Fact]
    public async Task Of_many_contracts_with_one_number_that_come_at_once_one_is_stored()
    {
        await Employer("employer-at-once");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(year =>
        {
            var contract = Numbered("employer-at-once", "2026-18");
            contract.Applies = new Period(new FhirDateTime($"{2027 + year}-01-01"), new FhirDateTime($"{2027 + year}-12-31"));
            return app.Post("Contract", contract);
        }));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer =>
            Assert.Equal(["duplicate Contract.identifier[0]"], answer.Faults));
    }

    [Fact]
    public async Task A_transaction_shortens_a_contract_or_takes_its_number_and_tells_the_one_that_follows()
    {
        await Employer("employer-transaction");
        var first = (Contract)(await app.Post("Contract", Numbered("employer-transaction", "2026-19"))).Body;
        var next = Numbered("employer-transaction", "2026-19");
        next.Applies = new Period(new FhirDateTime("2027-01-01"), null);
        var shortened = first.Clone();
        shortened.Applies!.EndElement = new FhirDateTime("2027-01-01");
        Assert.Equal(
            ["duplicate Bundle.entry[0].resource.identifier[0]", "conflict Bundle.entry[0].resource.applies"],
            (await Transaction(shortened, next)).Faults);

        shortened.Applies.EndElement = new FhirDateTime("2026-12-31");
        shortened.Identifier[0].Value = "2026-19 (former)";
        var answer = (Bundle)(await Transaction(shortened, next)).Body;
        Assert.Equal(["200", "201"], answer.Entry.Select(entry => entry.Response!.Status));
    }

    private Task<Answer> Transaction(Contract changed, Contract created) => app.Post("", new Bundle
    {
        Type = BundleType.Transaction,
        Entry =
        [
            new Bundle.EntryComponent
            {
                Resource = changed,
                Request = new Bundle.RequestComponent { Method = HTTPVerb.PUT, Url = $"Contract/{changed.Id}" },
            },
            new Bundle.EntryComponent
            {
                Resource = created, Request = new Bundle.RequestComponent { Method = HTTPVerb.POST, Url = "Contract" },
            },
        ],
    });

    private Task Employer(string identifier) => app.Post("Organization", new Organization
    {
        Name = "Esimerkkityönantaja", Identifier = [new Identifier(Systems.Organisation, identifier)],
    });

    private static Contract Numbered(string employer, string number, string provider = "oh-provider-a") => new()
    {
        Status = ContractResourceStatusCodes.Executed,
        Identifier = [new Identifier(Canonicals.Sid("contract-number"), number)],
        SubType = [new CodeableConcept(Canonicals.CodeSystem("contract-scope"), "preventive")],
        Applies = new Period(new FhirDateTime("2025-01-01"), null),
        Subject = [Reference(employer)],
        Authority = [Reference(provider)],
    };

    private static ResourceReference Reference(string organisation) =>
        new() { Identifier = new Identifier(Systems.Organisation, organisation) };
}
