using System.Globalization;
using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;

namespace OccupationalHealth.Triage;

/// <summary>
/// Tells an instrument as a Questionnaire: structure, codes and scores; texts only where they are licensed.
/// </summary>
internal static class DescribeInstrument
{
    /// <summary>http://hl7.org/fhir/R4/extension-ordinalvalue.html</summary>
    private const string OrdinalValue = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

    public static Questionnaire Of(Instrument instrument, IReadOnlyDictionary<string, Wording> texts)
    {
        var questionnaire = new Questionnaire
        {
            Id = instrument.Code,
            Language = "fi",
            Url = instrument.Url,
            Version = Instruments.Version,
            Name = string.Concat(instrument.Code.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..])),
            TitleElement = Texts.Text(instrument.Name),
            Status = PublicationStatus.Active,
            SubjectType = [ResourceType.Patient],
            Description = instrument.Source,
            Copyright = instrument.Licence,
        };
        if (instrument.Panel is { } panel)
            questionnaire.Code.Add(new Coding(Systems.Loinc, panel));
        for (var i = 0; i < instrument.Items.Count; i++)
            questionnaire.Item.Add(Item(instrument, instrument.Items[i], i + 1, texts));
        return questionnaire;
    }

    private static Questionnaire.ItemComponent Item(
        Instrument instrument, InstrumentItem known, int number, IReadOnlyDictionary<string, Wording> texts)
    {
        var item = new Questionnaire.ItemComponent
        {
            LinkId = known.LinkId,
            Code = [new Coding(known.Loinc ? Systems.Loinc : Terms.InstrumentItem, known.LinkId)],
            TextElement = Texts.Text(
                texts.GetValueOrDefault(known.LinkId) ?? known.Text ?? Numbered(instrument, number)),
            Type = known.Kind switch
            {
                ItemKind.Boolean => QuestionnaireItemType.Boolean,
                ItemKind.Unscored => QuestionnaireItemType.OpenChoice,
                _ => QuestionnaireItemType.Choice,
            },
            Required = known.Kind is ItemKind.Scored && instrument.HasTotal,
        };
        if (known.Kind is ItemKind.Scored)
            item.AnswerOption.AddRange(instrument.ScoresOf(known).Select((score, i) => Option(instrument, score, i)));
        return item;
    }

    private static Questionnaire.AnswerOptionComponent Option(Instrument instrument, int score, int index)
    {
        var digits = score.ToString(CultureInfo.InvariantCulture);
        var coding = instrument.AnswerCodes.Count > 0
            ? new Coding(Systems.Loinc, instrument.AnswerCodes[index], digits)
            : new Coding(Terms.AnswerScore, digits, digits);
        coding.SetExtension(OrdinalValue, new FhirDecimal(score));
        return new Questionnaire.AnswerOptionComponent { Value = coding };
    }

    private static Wording Numbered(Instrument instrument, int number) =>
        new Wording(
            $"{instrument.Name.Fi}, kysymys {{n}}", $"{instrument.Name.Sv}, fråga {{n}}",
            $"{instrument.Name.En} item {{n}}")
        .With("n", number);
}
