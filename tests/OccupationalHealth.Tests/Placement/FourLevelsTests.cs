using OccupationalHealth.Placement;
using static OccupationalHealth.Tests.Placement.Given;

namespace OccupationalHealth.Tests.Placement;

// Levels of 3.1: 2 strain, 3 a disorder that needs treatment, 4 that prolonged by any one sign.
public sealed class FourLevelsTests
{
    [Theory]
    [InlineData(4, CareLevel.Level2, null)]     // PHQ-9 bands, 2.5: 5/10/15/20
    [InlineData(5, CareLevel.Level2, Severity.Mild)]
    [InlineData(9, CareLevel.Level2, Severity.Mild)]
    [InlineData(10, CareLevel.Level3, Severity.Moderate)]
    [InlineData(19, CareLevel.Level3, Severity.Moderate)]
    [InlineData(20, CareLevel.Level3, Severity.Severe)]
    public void A_score_tells_the_level_when_nobody_judged(int total, CareLevel level, Severity? severity)
    {
        var need = (Worker with { Scores = [new("phq-9", total)] }).Decide(Contract()).Need;

        Assert.Equal((level, severity), (need.Level!.Value, need.Severity));
    }

    [Fact]
    public void The_worst_of_several_scores_counts_and_an_unknown_instrument_says_nothing()
    {
        var need = (Worker with { Scores = [new("gad-7", 15), new("phq-9", 20), new("other", 99)] }).Decide().Need;

        Assert.Equal(Severity.Severe, need.Severity);
        Assert.Null((Worker with { Scores = [new("other", 99)] }).Decide().Need.Level);
    }

    [Fact]
    public void The_clinicians_judgement_outranks_a_score()
    {
        var byScore = Worker with { Scores = [new("phq-9", 22)] };
        var judged = byScore with { Level = CareLevel.Level3 };

        Assert.Equal(CarePlace.SpecialisedCare, byScore.Decide(Contract()).Place);
        Assert.Equal(CarePlace.OccupationalHealth, judged.Decide(Contract()).Place);
        Assert.Contains("score-outranked", judged.Decide(Contract()).Need.Reasons.Codes());
    }

    [Theory]
    [InlineData(6, null, null, null, CareLevel.Level4)]                  // months: placement-rules.json
    [InlineData(5, null, null, null, CareLevel.Level3)]
    [InlineData(6, EarlierResponse.Good, null, null, CareLevel.Level3)]
    [InlineData(6, EarlierResponse.Poor, null, null, CareLevel.Level4)]
    [InlineData(null, null, 60, null, CareLevel.Level4)]                 // allowance days: row 8
    [InlineData(null, null, 59, null, CareLevel.Level3)]
    [InlineData(null, null, null, true, CareLevel.Level4)]
    [InlineData(null, null, null, false, CareLevel.Level3)]
    public void Any_one_sign_makes_a_disorder_prolonged(
        int? months, EarlierResponse? response, int? allowanceDays, bool? recurrence, CareLevel level) =>
        Assert.Equal(level, (Worker with
        {
            Disorder = true,
            SymptomMonths = months,
            EarlierResponse = response,
            AllowanceDays = allowanceDays,
            Recurrence = recurrence,
        }).Decide().Need.Level);

    [Fact]
    public void Long_strain_without_a_disorder_stays_at_level_2() =>
        Assert.Equal(CareLevel.Level2, (Worker with { Disorder = false, SymptomMonths = 24 }).Decide().Need.Level);

    // Level 1 has no person and so no follow-up of a person; a raised flag is always about somebody.
    [Fact]
    public void Level_1_has_no_follow_up_of_a_person()
    {
        var workplace = Worker with { Level = CareLevel.Level1 };

        Assert.Null(workplace.Decide(Preventive).FollowUp);
        Assert.NotNull((workplace with { SafetyFlag = true }).Decide(Preventive).FollowUp);
    }
}
