using System.Globalization;
using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Tests.Placement;

namespace OccupationalHealth.Tests.Referrals;

/// <summary>Which of several totals of one instrument a placement goes by.</summary>
public sealed class NewestTotalTests
{
    // The referral is placed on 20 November 2026; the worst of what may be the newest is left to the policy.
    [Theory]
    [InlineData("2026-08-20 22, 2026-11-10 8", "8")]
    [InlineData("2026-11-10 8, 2026-08-20 22", "8")]
    [InlineData("2026-08-20 8, 2026-11-10 22", "22")]
    [InlineData("2026-11-10T08:00:00+02:00 22, 2026-11-10T15:00:00+02:00 8", "22 8")]
    [InlineData("2026-11-09T22:30:00Z 22, 2026-11-10 8", "22 8")] // midnight in Finland is earlier than in UTC
    [InlineData("2026-11-10 22, 2026-11 8", "22 8")]
    [InlineData("2026-10 22, 2026-11 8", "8")]
    [InlineData("2025 22, 2026-11-10 8", "8")]
    [InlineData("- 22, 2026-11-10 8", "22 8")]
    [InlineData("2026-11-20 8, 2026-11-21 22", "8")]
    [InlineData("2026-11-21 22", "")]
    [InlineData("2026-11-10 8, 2026-11-10 8", "8")]
    [InlineData("@2026-11-09T20:00:00Z 22, 2026-11-10 8", "8")]
    [InlineData(">2026-11-09 22, 2026-11-10 8", "8")]
    public void Only_the_newest_total_counts(string told, string counts)
    {
        var message = Example.Referral("06");
        message.Entry.RemoveAll(entry => entry.Resource is QuestionnaireResponse);
        foreach (var total in told.Split(", "))
            GiveTotal(message, total.Split(' ')[0], int.Parse(total.Split(' ')[1], CultureInfo.InvariantCulture));

        Assert.Equal(
            counts.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            ReadFactsTests.Read(message).Scores.Select(score => score.Total.ToString(CultureInfo.InvariantCulture)));
    }

    // Those of 06 are of 20 November and add up to 12.
    [Theory]
    [InlineData("2026-11-20T10:15:00+02:00", "2026-11-19", 12)]
    [InlineData("2026-11-18T10:15:00+02:00", "2026-11-19", 22)]
    [InlineData("2026-11-21", "2026-11-19", 22)]
    public void Answers_and_totals_go_by_their_days_alike(string answered, string told, int counts)
    {
        var message = Example.Referral("06");
        message.All<QuestionnaireResponse>().Single().Authored = answered;
        GiveTotal(message, told, 22);

        Assert.Equal([new InstrumentScore("phq-9", counts)], ReadFactsTests.Read(message).Scores);
    }

    [Fact]
    public void A_total_of_one_instrument_makes_that_of_another_no_older()
    {
        var message = Example.Referral("06");
        GiveTotal(message, "2026-09-01", 9, "75624-7");

        Assert.Equal(
            [new InstrumentScore("phq-9", 12), new InstrumentScore("audit", 9)], ReadFactsTests.Read(message).Scores);
    }

    private static void GiveTotal(Bundle message, string day, int total, string code = "44261-6") =>
        message.Entry.Add(new Bundle.EntryComponent
        {
            Resource = new Observation
            {
                Status = ObservationStatus.Final, Code = new CodeableConcept(Systems.Loinc, code),
                Effective = day switch
                {
                    "-" => null,
                    ['@', .. var instant] => new Instant(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)),
                    ['>', .. var start] => new Period(new FhirDateTime(start), null),
                    _ => new FhirDateTime(day),
                },
                Value = new Quantity(total, "{score}"),
            },
        });
}
