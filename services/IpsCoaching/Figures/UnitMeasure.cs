using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Figures;

/// <summary>One measure of a unit.</summary>
/// <param name="Url">Its canonical address.</param>
/// <param name="Formats">The media types that it is given in beside FHIR JSON.</param>
/// <param name="PeriodFault">What is wrong with a first and a last day, today given; null when nothing is.</param>
internal sealed record UnitMeasure(
    string Url, IReadOnlyList<string> Formats, Func<DateOnly, DateOnly, DateOnly, string?> PeriodFault,
    Func<FigureRequest, UnitRecord, Task<FigureAnswer>> Make);

/// <summary>What is asked of a measure.</summary>
/// <param name="Format">One of the measure's formats; null for FHIR JSON.</param>
/// <param name="Language"><c>fi</c>, <c>sv</c> or <c>en</c>.</param>
internal sealed record FigureRequest(
    Session Session, Access Access, Organization Unit, DateOnly From, DateOnly To, DateOnly Today, string? Format,
    string Language)
{
    /// <summary>A report of this unit without its groups.</summary>
    public MeasureReport Report(string measure, DateOnly from, DateOnly to) => new()
    {
        Id = ResourceStore.NewId(), Status = MeasureReportStatus.Complete, Type = MeasureReportType.Summary,
        Measure = measure, Reporter = new ResourceReference($"Organization/{Unit.Id}"),
        DateElement = new FhirDateTime(Session.Now),
        Period = new Period(new FhirDateTime(CaseRule.Day(from)), new FhirDateTime(CaseRule.Day(to))),
    };
}

/// <summary>What a measure answers.</summary>
internal abstract record FigureAnswer
{
    private FigureAnswer()
    {
    }

    public sealed record Reports(IReadOnlyList<MeasureReport> All) : FigureAnswer;

    public sealed record Document(FigureDocument Content) : FigureAnswer;
}

/// <summary>A document in one language.</summary>
internal sealed record FigureDocument(string MediaType, string Language, string Text)
{
    public const string Csv = "text/csv", Html = "text/html", Svg = "image/svg+xml";
}
