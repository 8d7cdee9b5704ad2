using IpsCoaching.Cases;
using IpsCoaching.Figures;
using Messages;

namespace IpsCoaching.Fidelity;

/// <summary>The fidelity of a unit: what is computed, what reviewers gave, the total and when to review again.</summary>
public static class ReportFidelity
{
    public static readonly string Url = Canonicals.Base + "/Measure/ips-fidelity";

    internal static UnitMeasure Measure { get; } = new(
        Url, [FigureDocument.Csv, FigureDocument.Html], (_, _, _) => null, Make);

    private static async Task<FigureAnswer> Make(FigureRequest request, UnitRecord record)
    {
        var scorer = new ScoreUnit(
            record, await FidelityReview.Of(request.Session, request.Access, request.Unit.Id!));
        var history = scorer.History();
        var sheet = new FidelitySheet(scorer.Of(request.From, request.To), history,
            scorer.Due(history, IpsRules.InForceOn(request.Today).FidelityReviews));
        return request.Format switch
        {
            FigureDocument.Csv => Document(FidelityCsv.Of(sheet, request.Language)),
            FigureDocument.Html => Document(FidelityPage.Of(sheet, request.Unit, request.Today, request.Language)),
            _ => new FigureAnswer.Reports([FidelityMeasureReport.Of(sheet, request)]),
        };

        FigureAnswer.Document Document(string text) => new(new FigureDocument(request.Format!, request.Language, text));
    }
}

/// <summary>All that is told of a unit's fidelity.</summary>
/// <param name="Due">When the next review is due.</param>
public sealed record FidelitySheet(FidelityScore Score, IReadOnlyList<PastReview> History, DateOnly? Due);
