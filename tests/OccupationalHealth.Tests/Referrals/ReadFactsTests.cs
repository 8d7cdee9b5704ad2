using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using OccupationalHealth.Tests.Placement;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace OccupationalHealth.Tests.Referrals;

public sealed class ReadFactsTests
{
    private const string Fact = "https://fhir.occupational-mental-health.example/CodeSystem/placement-fact";

    [Fact]
    public void An_example_is_read_whole()
    {
        var facts = Read(Example.Referral("01"));

        Assert.Equal(
            (CareLevel.Level3, Severity.Moderate, true, WorkRelatedness.No, 2, 0),
            (facts.Level!.Value, facts.Severity!.Value, facts.Disorder!.Value, facts.WorkRelatedness,
                facts.SymptomMonths!.Value, facts.AllowanceDays!.Value));
        Assert.Equal(
            ("klt", "07", true, new DateOnly(2026, 12, 7), 32),
            (facts.MethodAskedFor, facts.Region, facts.HasCurrentEmployer!.Value, facts.PlannedStart!.Value,
                facts.Age!.Value));
        Assert.Equal([new InstrumentScore("phq-9", 13)], facts.Scores);
        Assert.False(facts.SafetyFlag);
        Assert.Null(facts.EarlierResponse);
    }

    // Answers LA6570-1 = 2, LA6569-3 = 1, LA6568-5 = 0 (2.5): 2+2+1+2+1+2+1+0+1 = 12.
    [Fact]
    public void Answers_are_scored_and_item_9_raises_the_safety_flag_whatever_the_total()
    {
        var facts = Read(Example.Referral("06"));

        Assert.Equal([new InstrumentScore("phq-9", 12)], facts.Scores);
        Assert.True(facts.SafetyFlag);
    }

    [Fact]
    public void An_incomplete_questionnaire_has_no_total_but_still_raises_the_flag()
    {
        var message = Example.Referral("06");
        message.All<QuestionnaireResponse>().Single().Item.RemoveAt(0);

        Assert.Empty(Read(message).Scores);
        Assert.True(Read(message).SafetyFlag);
    }

    [Theory]
    [InlineData(26, "wk", 6)]
    [InlineData(2, "a", 24)]
    [InlineData(5.9, "mo", 5)]
    public void A_duration_is_read_in_full_months(double value, string unit, int months)
    {
        var message = Example.Referral("01");
        message.Fact("symptom-duration").Value = new Quantity((decimal)value, unit);

        Assert.Equal(months, Read(message).SymptomMonths);
    }

    [Theory]
    [InlineData("F32.1", true, null)]
    [InlineData("F33.1", true, true)]
    [InlineData("Z73.0", false, null)]
    [InlineData("G47.0", null, null)]
    public void The_diagnosis_tells_disorder_strain_and_recurrence(string icd10, bool? disorder, bool? recurrence)
    {
        var message = Example.Referral("01");
        message.All<Condition>().Single().Code!.Coding[0].Code = icd10;

        Assert.Equal((disorder, recurrence), (Read(message).Disorder, Read(message).Recurrence));
    }

    [Fact]
    public void A_raised_flag_counts_even_where_no_reference_points_to_it_and_never_when_entered_in_error()
    {
        var message = Example.Referral("01");
        var flag = new Observation
        {
            Id = "flag", Status = ObservationStatus.Final, Code = new CodeableConcept(Fact, "emergency"),
            Value = new FhirBoolean(true),
        };
        message.Entry.Add(new Bundle.EntryComponent { FullUrl = "urn:uuid:flag", Resource = flag });

        Assert.True(Read(message).Emergency);
        flag.Status = ObservationStatus.EnteredInError;
        Assert.False(Read(message).Emergency);
    }

    [Fact]
    public void A_coverage_that_ended_before_care_begins_is_no_current_employer()
    {
        var message = Example.Referral("01");
        message.All<Coverage>().Single().Period = new Period(null, new FhirDateTime("2026-12-06"));

        Assert.False(Read(message).HasCurrentEmployer);
        Assert.Null(Read(Example.Referral("08")).HasCurrentEmployer);
    }

    private static PlacementFacts Read(Bundle message) => ReadFacts.From(
        Referral.Of(new ReceivedMessage(message, [], Access.Local)), new DateOnly(2026, 11, 20), Given.Rules);
}
