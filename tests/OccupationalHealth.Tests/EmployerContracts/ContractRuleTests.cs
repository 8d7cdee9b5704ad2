using System.Net;
using Fhir;
using Messages;

namespace OccupationalHealth.Tests.EmployerContracts;

public sealed class ContractRuleTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    private const string ScopeSystem = "https://fhir.occupational-mental-health.example/CodeSystem/contract-scope";

    [Fact]
    public async Task A_contract_that_names_its_parties_by_identifier_is_stored_with_references()
    {
        var employer = await Employer("employer-f");
        var answer = await app.Post("Contract", Contract("employer-f"));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal($"Organization/{employer}", ((Contract)answer.Body).Subject[0].Reference);
    }

    [Fact]
    public async Task Contracts_are_searched_by_the_days_on_which_they_hold_as_the_statement_says()
    {
        await Employer("employer-dated");
        var contract = Contract("employer-dated");
        contract.Applies = new Period(new FhirDateTime("2031-01-01"), new FhirDateTime("2031-12-31"));
        var stored = (Contract)(await app.Post("Contract", contract)).Body;
        foreach (var (day, isFound) in (IEnumerable<(string, bool)>)
            [("2030-12-31", false), ("2031-01-01", true), ("2031-12-31", true), ("2032-01-01", false)])
        {
            var found = await app.Search<Contract>($"Contract?applies=le{day}&applies=ge{day}");
            Assert.Equal(isFound, found.Any(one => one.Id == stored.Id));
        }

        var statement = (CapabilityStatement)(await app.Metadata()).Body;
        var parameter = statement.Rest[0].Resource.Single(one => one.Type == ResourceType.Contract).SearchParam
            .Single(one => one.Name == "applies");
        Assert.Equal(Canonicals.Base + "/SearchParameter/contract-applies", parameter.Definition);
    }

    [Fact]
    public async Task Every_fault_is_named_with_its_place()
    {
        var contract = Contract("employer-a");
        contract.SubType[0].Coding[0].Code = "everything";
        contract.Applies = new Period(new FhirDateTime("2026-05-01"), new FhirDateTime("2026-04-30"));
        contract.Subject[0].Identifier!.Value = "nobody";
        contract.Authority.Clear();
        contract.Term[0].Asset[0].ValuedItem[0].Quantity = new Quantity { Value = 2.5m };
        contract.Term[0].Asset.Add(new Contract.ContractAssetComponent
        {
            ValuedItem = [new Contract.ValuedItemComponent { Entity = new CodeableConcept("urn:other", "klt") }],
        });
        contract.Term.Add(Precondition("action-plan", null));

        Assert.Equal(
            [
                "not-found Contract.subject[0]",
                "code-invalid Contract.subType.coding.code",
                "required Contract.authority",
                "invariant Contract.applies",
                "value Contract.term[0].asset[0].valuedItem[0].quantity",
                "required Contract.term[0].asset[1].valuedItem[0].entity",
                "required Contract.term[1].applies.start",
            ],
            (await app.Post("Contract", contract)).Faults);
    }

    [Fact]
    public async Task The_same_worker_is_placed_by_the_contract_that_is_in_force_and_agreed()
    {
        await Employer("employer-e");
        Assert.Equal("region-primary-care", await PlaceOf("employer-e"));

        var contract = Contract("employer-e");
        contract.Status = ContractResourceStatusCodes.Negotiable;
        contract = (Contract)(await app.Post("Contract", contract)).Body;
        Assert.Equal("region-primary-care", await PlaceOf("employer-e"));

        contract.Status = ContractResourceStatusCodes.Executed;
        Assert.Equal(HttpStatusCode.OK, (await app.Put(contract)).Status);
        Assert.Equal("occupational-health", await PlaceOf("employer-e"));

        contract.Authority = [Reference("oh-provider-b")];
        await app.Put(contract);
        Assert.Equal("region-primary-care", await PlaceOf("employer-e"));
    }

    // Row 5 of section 3: workplace survey and action plan have to be in force.
    [Theory]
    [InlineData("workplace-survey")]
    [InlineData("action-plan")]
    public async Task A_contract_whose_survey_or_plan_has_run_out_gives_no_care(string precondition)
    {
        var employer = $"employer-{precondition}";
        await Employer(employer);
        var contract = Contract(employer);
        contract.Term.Add(
            Precondition(precondition, new Period(new FhirDateTime("2024-01-01"), new FhirDateTime("2026-12-06"))));
        contract = (Contract)(await app.Post("Contract", contract)).Body;
        Assert.Equal("region-primary-care", await PlaceOf(employer));

        contract.Term[^1].Applies!.EndElement = new FhirDateTime("2026-12-07");
        Assert.Equal(HttpStatusCode.OK, (await app.Put(contract)).Status);
        Assert.Equal("occupational-health", await PlaceOf(employer));
    }

    // Care of the example begins on 7 December 2026.
    [Fact]
    public async Task An_amendment_follows_on_the_former_contract_and_an_overlapping_one_is_refused()
    {
        await Employer("employer-g");
        var former = (Contract)(await app.Post("Contract", Contract("employer-g"))).Body;
        var amendment = Contract("employer-g");
        amendment.SubType[0].Coding[0].Code = "preventive";
        amendment.Applies = new Period(new FhirDateTime("2026-12-07"), null);

        Assert.Equal(["conflict Contract.applies"], (await app.Post("Contract", amendment)).Faults);
        former.Applies!.EndElement = new FhirDateTime("2026-12-07");
        await app.Put(former);
        Assert.Equal(["conflict Contract.applies"], (await app.Post("Contract", amendment)).Faults);
        Assert.Equal("occupational-health", await PlaceOf("employer-g"));

        former.Applies.EndElement = new FhirDateTime("2026-12-06");
        former.Meta = null;
        Assert.Equal(HttpStatusCode.OK, (await app.Put(former)).Status);
        Assert.Equal(HttpStatusCode.Created, (await app.Post("Contract", amendment)).Status);
        Assert.Equal("region-primary-care", await PlaceOf("employer-g"));

        // With another provider it is a contract of its own.
        amendment.Authority = [Reference("oh-provider-b")];
        Assert.Equal(HttpStatusCode.Created, (await app.Post("Contract", amendment)).Status);
    }

    [Fact]
    public async Task A_contract_says_who_may_refer_to_a_method_and_the_placement_says_what_that_means()
    {
        await Employer("employer-r");
        var contract = Contract("employer-r");
        var item = contract.Term[0].Asset[0].ValuedItem[0];
        item.Extension.Add(MayRefer(new CodeableConcept("urn:oid:1.2.246.537.6.140", "physician")));
        item.Extension.Add(MayRefer(Reference("oh-provider-b")));
        var stored = await app.Post("Contract", contract);
        Assert.Equal(HttpStatusCode.Created, stored.Status);
        Assert.Equal("Organization/oh-provider-b", ((ResourceReference)((Contract)stored.Body)
            .Term[0].Asset[0].ValuedItem[0].Extension[1].Value!).Reference);

        foreach (var (profession, place, reason) in new[]
        {
            ("physician", "occupational-health", "referrer-agreed"), ("nurse", "region-primary-care", "referrer-not-agreed"),
        })
        {
            var referral = Referral("employer-r");
            referral.All<PractitionerRole>().Single().Code =
                [new CodeableConcept("urn:oid:1.2.246.537.6.140", profession)];
            var answer = await app.Send(referral);
            Assert.Equal(place, Place(answer));
            Assert.Contains(((Parameters)answer.One<GuidanceResponse>().Contained.Single()).Parameter
                .Where(part => part.Name == "reason"), part => ((Coding)part.Part[0].Value!).Code == reason);
        }

        var unknown = await app.Send(Referral("employer-r"));
        Assert.Equal("occupational-health", Place(unknown));
        Assert.Contains(unknown.One<GuidanceResponse>().DataRequirement,
            missing => missing.MustSupport.Contains("code") && missing.Type is FHIRAllTypes.PractitionerRole);
    }

    [Fact]
    public async Task Who_may_refer_is_a_coded_profession_or_a_known_organisation()
    {
        var contract = Contract("employer-a");
        var item = contract.Term[0].Asset[0].ValuedItem[0];
        item.Extension = [MayRefer(new FhirString("physicians")), MayRefer(Reference("nobody")),
            MayRefer(new CodeableConcept { Text = "Physician" })];

        const string Item = "Contract.term[0].asset[0].valuedItem[0]";
        Assert.Equal(
            [$"not-found {Item}.extension[1].value", $"value {Item}.extension[0].value", $"value {Item}.extension[2].value"],
            (await app.Post("Contract", contract)).Faults);
    }

    [Fact]
    public async Task Visits_of_the_year_use_up_the_quota()
    {
        const string Person = "020516C902J";
        var first = await app.Send(Example.Fresh("02", Person));
        Assert.Equal("occupational-health", Place(first));
        var patient = first.One<GuidanceResponse>().Subject!;
        string[] days = [.. Enumerable.Range(1, 10).Select(day => $"2026-10-{day:00}"), "2025-12-31"];
        foreach (var day in days)
            Assert.Equal(HttpStatusCode.Created, (await app.Post("Procedure", Visit(patient, day))).Status);

        Assert.Equal("region-primary-care", Place(await app.Send(Example.Fresh("02", Person))));
        Assert.Equal("occupational-health", Place(await app.Send(Example.Fresh("02"))));
    }

    [Fact]
    public async Task A_visit_without_method_and_time_is_refused()
    {
        var faults = (await app.Post("Procedure", new Procedure
        {
            Status = EventStatus.Completed, Subject = new ResourceReference("Patient/nobody"),
        })).Faults;

        Assert.Equal(
            ["not-found Procedure.subject", "required Procedure.code", "required Procedure.performed"], faults);
    }

    private async Task<string> Employer(string identifier) => (await app.Post("Organization", new Organization
    {
        Name = "Esimerkkityönantaja", Identifier = [new Identifier(Systems.Organisation, identifier)],
    })).Body.Id!;

    private static Contract.TermComponent Precondition(string code, Period? period) => new()
    {
        Type = new CodeableConcept("https://fhir.occupational-mental-health.example/CodeSystem/contract-term", code),
        Applies = period,
        Offer = new Contract.ContractOfferComponent { Text = code },
    };

    private static Procedure Visit(ResourceReference patient, string day) => new()
    {
        Status = EventStatus.Completed, Subject = patient, Code = new CodeableConcept(Systems.Method, "klt"),
        Performed = new FhirDateTime(day),
    };

    private async Task<string?> PlaceOf(string employer) => Place(await app.Send(Referral(employer)));

    private static Bundle Referral(string employer)
    {
        var message = Example.Fresh("02");
        message.All<Organization>().Single(o => o.Identifier[0].Value == "employer-b").Identifier[0].Value = employer;
        return message;
    }

    private static Extension MayRefer(DataType who) =>
        new() { Url = Canonicals.StructureDefinition("may-refer"), Value = who };

    private static string? Place(Answer answer) => answer.One<CarePlan>().Category[1].Coding[0].Code;

    private static Contract Contract(string employer) => new()
    {
        Status = ContractResourceStatusCodes.Executed,
        SubType = [new CodeableConcept(ScopeSystem, "preventive-and-medical-care")],
        Applies = new Period(new FhirDateTime("2025-01-01"), null),
        Subject = [Reference(employer)],
        Authority = [Reference("oh-provider-a")],
        Term =
        [
            new Contract.TermComponent
            {
                Offer = new Contract.ContractOfferComponent { Text = "Methods" },
                Asset =
                [
                    new Contract.ContractAssetComponent
                    {
                        ValuedItem =
                        [
                            new Contract.ValuedItemComponent { Entity = new CodeableConcept(Systems.Method, "klt") },
                        ],
                    },
                ],
            },
        ],
    };

    private static ResourceReference Reference(string organisation) =>
        new() { Identifier = new Identifier(Systems.Organisation, organisation) };
}
