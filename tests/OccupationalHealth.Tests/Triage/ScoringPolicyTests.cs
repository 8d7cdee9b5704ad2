using Fhir;
using OccupationalHealth.Placement;
using OccupationalHealth.Tests.Placement;
using OccupationalHealth.Triage;

namespace OccupationalHealth.Tests.Triage;

public sealed class ScoringPolicyTests
{
    // Cut-offs: PHQ-9 5, 10, 15, 20; GAD-7 5, 10, 15; AUDIT 8; ISI 8, 15, 22; WHO-5 0-100 (domain.md 2.5).
    [Theory]
    [InlineData("phq-9", 0, "minimal")]
    [InlineData("phq-9", 4, "minimal")]
    [InlineData("phq-9", 5, "mild")]
    [InlineData("phq-9", 9, "mild")]
    [InlineData("phq-9", 10, "moderate")]
    [InlineData("phq-9", 15, "moderately-severe")]
    [InlineData("phq-9", 20, "severe")]
    [InlineData("phq-9", 27, "severe")]
    [InlineData("gad-7", 9, "mild")]
    [InlineData("gad-7", 10, "moderate")]
    [InlineData("gad-7", 15, "severe")]
    [InlineData("gad-7", 21, "severe")]
    [InlineData("audit", 7, "low-risk")]
    [InlineData("audit", 8, "hazardous")]
    [InlineData("audit", 19, "hazardous")]
    [InlineData("audit", 20, "possible-dependence")]
    [InlineData("audit", 40, "possible-dependence")]
    [InlineData("isi", 7, "no-insomnia")]
    [InlineData("isi", 8, "subthreshold-insomnia")]
    [InlineData("isi", 15, "moderate-insomnia")]
    [InlineData("isi", 22, "severe-insomnia")]
    [InlineData("who-5", 48, "reduced-wellbeing")]
    [InlineData("who-5", 52, "good-wellbeing")]
    [InlineData("audit-c", 4, "low-risk")]
    [InlineData("audit-c", 5, null)]
    [InlineData("audit-c", 6, "hazardous")]
    public void A_total_falls_into_its_band(string code, int total, string? band)
    {
        var score = Scored(code, Reaching(code, total));

        Assert.Equal((total, band), (score.Total, score.Band?.Code));
    }

    [Theory]
    [InlineData(Gender.Female, 4, "low-risk")]
    [InlineData(Gender.Female, 5, "hazardous")]
    [InlineData(Gender.Male, 5, "low-risk")]
    [InlineData(Gender.Male, 6, "hazardous")]
    public void The_limits_of_AUDIT_C_are_those_of_the_persons_gender(Gender gender, int total, string band) =>
        Assert.Equal(band, ScoringPolicy.BandOf(Sheet.Instrument("audit-c"), total, Given.Rules, gender)!.Code);

    // AUDIT-C: hazardous from 5 for women, from 6 for men.
    [Theory]
    [InlineData("audit-c", Gender.Female, "0 low-risk, 5 hazardous")]
    [InlineData("audit-c", Gender.Male, "0 low-risk, 6 hazardous")]
    [InlineData("audit-c", null, "0 low-risk, 5 -, 6 hazardous")]
    [InlineData("audit", null, "0 low-risk, 8 hazardous, 20 possible-dependence")]
    public void Where_the_gender_is_not_known_no_band_is_given_that_depends_on_it(
        string code, Gender? gender, string bands) =>
        Assert.Equal(bands, string.Join(", ", ScoringPolicy.BandsOf(Sheet.Instrument(code), Given.Rules, gender)
            .Select(band => $"{band.AtLeast} {band.Band?.Code ?? "-"}")));

    [Theory]
    [InlineData("phq-9", 27)]
    [InlineData("gad-7", 21)]
    [InlineData("audit", 40)]
    [InlineData("audit-c", 12)]
    [InlineData("who-5", 100)]
    [InlineData("isi", 28)]
    public void Every_scale_has_its_highest_total(string code, int highest) =>
        Assert.Equal(highest, Sheet.Instrument(code).Highest);

    [Fact]
    public void Every_band_of_every_instrument_has_a_name_in_three_languages()
    {
        foreach (var band in Instruments.All.SelectMany(instrument => Enum.GetValues<Gender>()
            .SelectMany(gender => Given.Rules.BandsOf(instrument.Code, gender))))
        {
            var name = Instruments.NameOfBand(band.Code);
            Assert.NotNull(name);
            Assert.All([name.Fi, name.Sv, name.En], text => Assert.NotEmpty(text));
        }
    }

    // Whoever leaves out any one answer gets no total, for every instrument and every item.
    [Fact]
    public void A_gap_is_never_filled()
    {
        foreach (var instrument in Instruments.All.Where(instrument => instrument.HasTotal))
        {
            for (var gap = 0; gap < instrument.Scored.Count(); gap++)
            {
                var scores = instrument.Scored.Select((_, i) => i == gap ? (int?)null : 2).ToList();
                var answers = Answers.Read(instrument, Sheet.Of(instrument.Code, scores));
                Assert.Null(ScoringPolicy.Score(instrument, answers, Given.Rules).Total);
                Assert.Equal([instrument.Scored.ElementAt(gap).LinkId], answers.Missing);
            }
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void Item_9_alone_raises_the_flag(int answer, bool raised)
    {
        Assert.Equal(raised, Scored("phq-9", Sheet.Of("phq-9", 0, 0, 0, 0, 0, 0, 0, 0, answer)).RaisesSafetyFlag);
        Assert.Equal(raised, Scored("phq-9",
            Sheet.Of("phq-9", null, null, null, null, null, null, null, null, answer)).RaisesSafetyFlag);
    }

    [Fact]
    public void An_answer_that_contradicts_itself_raises_the_flag_too()
    {
        var response = Sheet.Of("phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 0);
        response.Item.Add(Sheet.Answer("44260-8", new Integer(1)));

        var score = Scored("phq-9", response);

        Assert.True(score.RaisesSafetyFlag);
        Assert.Null(score.Total);
    }

    private static Score Scored(string code, QuestionnaireResponse response) =>
        ScoringPolicy.Score(Sheet.Instrument(code), Answers.Read(Sheet.Instrument(code), response), Given.Rules);

    // Answers that add up to a total.
    private static QuestionnaireResponse Reaching(string code, int total)
    {
        var instrument = Sheet.Instrument(code);
        var left = total / instrument.Factor;
        List<int?> scores = [];
        foreach (var item in instrument.Scored.Reverse())
        {
            var score = instrument.ScoresOf(item).Where(possible => possible <= left).Max();
            scores.Insert(0, score);
            left -= score;
        }

        Assert.Equal(0, left);
        return Sheet.Of(code, scores);
    }
}
