using System.Net;
using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace OccupationalHealth.Tests.Workplace;

/// <summary>Level 1: a workplace, and nobody in it.</summary>
public sealed class WorkplaceTests : IAsyncLifetime
{
    private static readonly string Terms = Canonicals.CodeSystem("workplace");

    private readonly OccupationalHealthApplication app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_workplace_has_a_plan_and_figures_and_lists_nobody()
    {
        var workplace = await Workplace();
        var plan = (CarePlan)(await Created(await app.Post("CarePlan", Plan(workplace)))).Body;
        Assert.Equal("level-1", plan.Category.Single().Coding.Single().Code);
        await Created(await app.Post("Observation", Indicator(workplace, 12, 3.4m, "{score}")));

        Assert.Single(await app.Search<CarePlan>($"CarePlan?subject=Group/{workplace.Id}"));
        Assert.Single(await app.Search<Observation>($"Observation?subject=Group/{workplace.Id}"));
        Assert.Empty(workplace.Member);
    }

    [Fact]
    public async Task A_group_with_a_member_or_chosen_by_something_else_is_refused()
    {
        var group = Group();
        group.Member.Add(new Group.MemberComponent { Entity = new ResourceReference("Patient/1") });
        group.Characteristic[0].Code = new CodeableConcept(Terms, "diagnosis");

        Assert.Equal(["business-rule Group.member", "required Group.characteristic", "business-rule Group"],
            (await app.Post("Group", group)).Faults);
    }

    [Theory]
    [InlineData(4, 3.4, "{score}", "business-rule Observation.component")]
    [InlineData(5, 3.4, "{score}", null)]
    [InlineData(21, 3.4, "{score}", "value Observation.component")]
    [InlineData(20, 4, "{person}", "business-rule Observation.value")]
    [InlineData(20, 5, "{person}", null)]
    [InlineData(20, 16, "{person}", "business-rule Observation.value")] // 4 are left
    [InlineData(20, 20, "{person}", null)]
    [InlineData(20, 0, "{person}", null)]
    [InlineData(20, 10, "%", "business-rule Observation.value")] // 2 people
    [InlineData(20, 50, "%", null)]
    public async Task Nothing_is_told_of_fewer_than_five_people(int respondents, double value, string unit, string? fault)
    {
        var answer = await app.Post("Observation", Indicator(await Workplace(), respondents, (decimal)value, unit));

        if (fault is null) Assert.Equal(HttpStatusCode.Created, answer.Status);
        else Assert.Equal([fault], answer.Faults);
    }

    [Theory]
    [InlineData("Puhuttu 010594Y9032 kanssa")]
    [InlineData("(020504A902E)")]
    public async Task An_identity_code_is_found_in_any_text(string text)
    {
        var workplace = await Workplace();
        var plan = Plan(workplace);
        plan.Activity[0].Detail!.Description = text;
        var indicator = Indicator(workplace, 12, 3.4m, "{score}");
        indicator.Note.Add(new Annotation { Text = text });

        Assert.Equal(["business-rule CarePlan"], (await app.Post("CarePlan", plan)).Faults);
        Assert.Equal(["business-rule Observation"], (await app.Post("Observation", indicator)).Faults);
    }

    [Fact]
    public async Task A_plan_of_a_workplace_points_to_no_person_and_every_fault_is_named()
    {
        var plan = Plan(await Workplace());
        (plan.Subject, plan.Author) = (new ResourceReference("Patient/1"), null);
        plan.Addresses.Add(new ResourceReference("Condition/1"));
        (plan.Activity[0].Detail!.Description, plan.Activity[0].Detail!.Scheduled) = (null, null);

        Assert.Equal(
            ["business-rule CarePlan", "business-rule CarePlan.addresses",
                "required CarePlan.activity[0].detail.description", "required CarePlan.activity[0].detail.scheduled",
                "not-found CarePlan.subject", "not-found CarePlan.author"],
            (await app.Post("CarePlan", plan)).Faults);
    }

    [Fact]
    public async Task The_plan_and_the_observations_of_a_person_are_not_changed_here()
    {
        var answer = await app.Send(Example.Fresh("02", Example.NewPerson()));
        var plan = await app.Get<CarePlan>(answer.One<CarePlan>().Id!);
        var fact = (await app.Search<Observation>($"Observation?subject={plan.Subject!.Reference}"))[0];

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await app.Put(plan)).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await app.Put(fact)).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await app.Post("Observation", fact)).Status);
    }

    [Fact]
    public async Task A_measure_that_is_late_is_asked_for_once_also_after_a_restart_and_one_that_is_done_never()
    {
        var (late, done) = (Plan(await Workplace()), Plan(await Workplace()));
        late = (CarePlan)(await Created(await app.Post("CarePlan", late))).Body;
        done = (CarePlan)(await Created(await app.Post("CarePlan", done))).Body;
        done.Activity[0].Detail!.Status = CarePlanActivityStatus.Completed;
        Assert.Equal(HttpStatusCode.OK, (await app.Put(done)).Status);
        await app.Restart();
        app.Time.Advance(TimeSpan.FromDays(60));
        await app.RunTimers();
        app.Time.Advance(TimeSpan.FromDays(60));
        await app.RunTimers();

        var task = Assert.Single(await app.Search<FhirTask>($"Task?code={Systems.TaskKind}|{TaskKinds.WorkplaceMeasure}"));
        Assert.Equal(($"CarePlan/{late.Id}", TaskStatus.Requested), (task.Focus!.Reference, task.Status));
        Assert.Equal("Organization/oh-provider-a", task.Owner!.Reference);
    }

    private async Task<Group> Workplace() => (Group)(await Created(await app.Post("Group", Group()))).Body;

    private static Task<Answer> Created(Answer answer)
    {
        Assert.True(answer.Status is HttpStatusCode.Created,
            answer.Body is OperationOutcome ? string.Join(';', answer.Faults) : answer.Status.ToString());
        return Task.FromResult(answer);
    }

    private static Group Group() => new()
    {
        Type = GroupType.Person, Actual = true, Name = "Unit of 20", Quantity = 20,
        ManagingEntity = new ResourceReference("Organization/employer-a"),
        Characteristic =
        [
            new Group.CharacteristicComponent
            {
                Code = new CodeableConcept(Terms, "workplace"), Exclude = false,
                Value = new CodeableConcept { Text = "Unit of 20" },
            },
        ],
    };

    private static CarePlan Plan(Group workplace) => new()
    {
        Status = RequestStatus.Active, Intent = CarePlanIntent.Plan,
        Subject = new ResourceReference($"Group/{workplace.Id}"),
        Author = new ResourceReference("Organization/oh-provider-a"),
        Activity =
        [
            new CarePlan.ActivityComponent
            {
                Detail = new CarePlan.DetailComponent
                {
                    Status = CarePlanActivityStatus.InProgress, Description = "Breaks are kept.",
                    Scheduled = new Period(new FhirDateTime("2026-11-20"), new FhirDateTime("2026-12-31")),
                },
            },
        ],
    };

    private static Observation Indicator(Group workplace, int respondents, decimal value, string unit) => new()
    {
        Status = ObservationStatus.Final,
        Code = new CodeableConcept(Canonicals.CodeSystem("workplace-indicator"), "strain"),
        Subject = new ResourceReference($"Group/{workplace.Id}"),
        Effective = new FhirDateTime("2026-11-20"),
        Value = new Quantity { Value = value, Unit = unit, Code = unit, System = "http://unitsofmeasure.org" },
        Component =
        [
            new Observation.ComponentComponent
            {
                Code = new CodeableConcept(Terms, "respondents"), Value = new Integer(respondents),
            },
        ],
    };
}
