using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;

namespace OccupationalHealth.Triage;

/// <summary>
/// Tells a score as Observations: the total with its band, the safety flag, and the navigator's facts.
/// </summary>
internal static class DescribeScore
{
    private const string Category = "http://terminology.hl7.org/CodeSystem/observation-category";

    private static readonly Wording SafetyName = new(
        "Vastaus kertoo itsetuhoisista ajatuksista", "Svaret tyder på tankar om självskada",
        "The answer tells of thoughts of self-harm");

    public static IReadOnlyList<Observation> Of(Score score, Answers answers, QuestionnaireResponse response)
    {
        List<Observation> all = [];
        if (score.Total is { } total)
            all.Add(Total(score, total, response));
        if (score.Instrument.SafetyItem is not null)
            all.Add(New(Safety(), new FhirBoolean(score.RaisesSafetyFlag), response));
        if (!score.Instrument.HasTotal)
            all.AddRange(Facts(score.Instrument, answers, response));
        return all;
    }

    /// <summary>
    /// What answers come to in the record of a person: nothing while they are not all given, or of a day to come. That
    /// they tell of self-harm is a Flag there, not an Observation.
    /// </summary>
    public static IReadOnlyList<Observation> OfRecord(QuestionnaireResponse response, DateOnly today, Gender? gender)
    {
        var day = FinnishTime.DateOf(response.AuthoredElement) ?? today;
        return !Answers.AreGiven(response) || day > today ? [] :
        [
            .. Instruments.All.Select(instrument => (instrument, answers: Answers.Read(instrument, response)))
                .SelectMany(read => Of(
                    ScoringPolicy.Score(read.instrument, read.answers, PlacementRules.InForceOn(day), gender),
                    read.answers, response))
                .Where(observation => observation.Code!.Coding[0].System != Terms.Flag),
        ];
    }

    /// <summary>What is asked by the navigator is a fact of a placement where there is one of that name.</summary>
    public static CodeableConcept FactCode(InstrumentItem item) => new()
    {
        Coding = [Texts.Coding(
            FactReading.Known.ContainsKey(item.LinkId) ? Terms.PlacementFact : Terms.InstrumentItem, item.LinkId,
            item.Text!)],
    };

    public static CodeableConcept Safety() =>
        new() { Coding = [Texts.Coding(Terms.Flag, Terms.SelfHarmAnswer, SafetyName)] };

    private static Observation Total(Score score, int total, QuestionnaireResponse response)
    {
        var instrument = score.Instrument;
        var observation = New(
            new CodeableConcept(instrument.TotalSystem, instrument.TotalCode, instrument.Name.En),
            new Quantity(total, "{score}"), response);
        observation.ReferenceRange = [new Observation.ReferenceRangeComponent
        {
            Low = new Quantity(0, "{score}"), High = new Quantity(instrument.Highest, "{score}"),
        }];
        if (score.Band is { } band)
            observation.Interpretation = [new CodeableConcept
            {
                Coding = [Texts.Coding(Terms.ScoreBand, band.Code, Instruments.NameOfBand(band.Code)!)],
            }];
        return observation;
    }

    private static IEnumerable<Observation> Facts(
        Instrument instrument, Answers answers, QuestionnaireResponse response)
    {
        foreach (var item in instrument.Items)
        {
            DataType? value = answers.Scores.TryGetValue(item.LinkId, out var number) ? new Integer(number)
                : answers.Booleans.TryGetValue(item.LinkId, out var yes) ? new FhirBoolean(yes) : null;
            if (value is not null)
                yield return New(FactCode(item), value, response);
        }
    }

    private static Observation New(CodeableConcept code, DataType value, QuestionnaireResponse response)
    {
        var observation = new Observation
        {
            Language = "fi",
            Status = response.Status is QuestionnaireResponseStatus.Amended
                ? ObservationStatus.Amended : ObservationStatus.Final,
            Category = [new CodeableConcept(Category, "survey")],
            Code = code,
            Subject = response.Subject?.Clone(),
            Effective = response.AuthoredElement?.Clone(),
            Value = value,
        };
        if (response.Id is { } id)
            observation.DerivedFrom.Add(new ResourceReference($"QuestionnaireResponse/{id}"));
        return observation;
    }
}
