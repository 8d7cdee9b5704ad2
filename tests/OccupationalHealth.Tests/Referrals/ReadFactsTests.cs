using System.Globalization;
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

    // An answer about self-harm waits for nothing.
    [Theory]
    [InlineData(QuestionnaireResponseStatus.InProgress)]
    [InlineData(QuestionnaireResponseStatus.Stopped)]
    public void Answers_that_are_not_all_given_have_no_total_but_raise_the_flag(QuestionnaireResponseStatus status)
    {
        var message = Example.Referral("06");
        message.All<QuestionnaireResponse>().Single().Status = status;

        Assert.Empty(Read(message).Scores);
        Assert.True(Read(message).SafetyFlag);
    }

    [Fact]
    public void Answers_that_were_entered_in_error_say_nothing()
    {
        var message = Example.Referral("06");
        message.All<QuestionnaireResponse>().Single().Status = QuestionnaireResponseStatus.EnteredInError;

        Assert.Empty(Read(message).Scores);
        Assert.False(Read(message).SafetyFlag);
    }

    [Theory]
    [InlineData("27", true)]
    [InlineData("28", false)]
    [InlineData("-1", false)]
    [InlineData("19.9", false)]
    public void A_total_counts_where_the_instrument_can_have_it(string total, bool counts)
    {
        var message = Example.Referral("06");
        var answers = message.All<QuestionnaireResponse>().Single();
        answers.Status = QuestionnaireResponseStatus.EnteredInError;
        message.Entry.Add(new Bundle.EntryComponent
        {
            FullUrl = "urn:uuid:total",
            Resource = new Observation
            {
                Id = "total", Status = ObservationStatus.Final, Code = new CodeableConcept(Systems.Loinc, "44261-6"),
                Value = new Quantity(decimal.Parse(total, CultureInfo.InvariantCulture), "{score}"),
            },
        });

        Assert.Equal(counts ? [new InstrumentScore("phq-9", 27)] : [], Read(message).Scores);
    }

    [Fact]
    public void An_incomplete_questionnaire_has_no_total_but_still_raises_the_flag()
    {
        var message = Example.Referral("06");
        message.All<QuestionnaireResponse>().Single().Item.RemoveAt(0);

        Assert.Empty(Read(message).Scores);
        Assert.True(Read(message).SafetyFlag);
    }

    [Fact]
    public void A_crisis_that_the_navigator_was_told_of_counts_like_one_that_the_referral_tells()
    {
        var message = Example.Referral("06");
        Assert.False(Read(message).AcuteCrisis);
        message.All<QuestionnaireResponse>().Single().Item.Add(
            Triage.Sheet.Answer("acute-crisis", new FhirBoolean(true)));

        Assert.True(Read(message).AcuteCrisis);
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

    [Fact]
    public void What_else_decides_is_read_from_where_it_stands()
    {
        var message = Example.Referral("01");
        var plain = Read(message);
        Assert.Equal(("109", null, null, false), // 109 is Hämeenlinna
            (plain.Municipality, plain.NeedsInterpreter, plain.InitiatedBy, plain.WorkIsGoal));
        Assert.Equal(new PsychotherapyFacts(), plain.Psychotherapy with { DiagnosedOn = null });

        message.All<Patient>().Single().SetExtension(
            "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired", new FhirBoolean(true));
        message.All<Condition>().Single().RecordedDate = "2026-08-03";
        Give(message, "initiated-by", new CodeableConcept(Fact.Replace("placement-fact", "initiator",
            StringComparison.Ordinal), "employer"));
        Give(message, "appropriate-care", new Quantity(3, "mo"));
        Give(message, "calendar-days", new Integer(34));
        foreach (var fact in (string[])["work-is-goal", "minor-forbids-informing", "psychiatrists-statement",
            "work-or-study-threatened", "alternatives-considered"])
            Give(message, fact, new FhirBoolean(true));

        var facts = Read(message);

        Assert.Equal(
            (true, Initiator.Employer, true, true, 34),
            (facts.NeedsInterpreter, facts.InitiatedBy!.Value, facts.WorkIsGoal, facts.MinorForbidsInforming,
                facts.CalendarDays));
        Assert.Equal(
            new PsychotherapyFacts
            {
                DiagnosedOn = new DateOnly(2026, 8, 3), MonthsOfCare = 3, PsychiatristsStatement = true,
                WorkOrStudyThreatened = true, AlternativesConsidered = true,
            },
            facts.Psychotherapy);
    }

    // Care begins on 7 December 2026; the need is found on 20 November.
    [Fact]
    public void Age_is_told_for_the_start_of_care_and_for_the_day_the_need_is_found()
    {
        var message = Example.Referral("01");
        message.All<Patient>().Single().BirthDate = "2003-12-01";

        Assert.Equal((23, 22), (Read(message).Age!.Value, Read(message).AgeWhenNeedFound!.Value));
    }

    [Fact]
    public void AUDIT_is_read_as_a_total_and_never_made_up_from_another_questionnaire()
    {
        var message = Example.Referral("06");
        Assert.DoesNotContain(Read(message).Scores, score => score.Instrument == "audit");

        message.Entry.Add(new Bundle.EntryComponent
        {
            Resource = new Observation
            {
                Status = ObservationStatus.Final, Code = new CodeableConcept(Systems.Loinc, "75624-7"),
                Value = new Integer(9),
            },
        });

        Assert.Contains(new InstrumentScore("audit", 9), Read(message).Scores);
    }

    private static void Give(Bundle message, string fact, DataType value) =>
        message.Entry.Add(new Bundle.EntryComponent
        {
            Resource = new Observation
            {
                Status = ObservationStatus.Final, Code = new CodeableConcept(Fact, fact), Value = value,
            },
        });

    internal static PlacementFacts Read(Bundle message) => ReadFacts.From(
        Referral.Of(new ReceivedMessage(message, [], Access.Local)), new DateOnly(2026, 11, 20), Given.Rules);
}
