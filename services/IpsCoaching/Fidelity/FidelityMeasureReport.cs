using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.Figures;
using Messages;

namespace IpsCoaching.Fidelity;

/// <summary>
/// Fidelity as a MeasureReport: one group an item, <c>measureScore</c> the score that counts, extensions for what was
/// computed, entered and on what it rests; the last group is the total. Review dates are extensions of the report.
/// </summary>
internal static class FidelityMeasureReport
{
    public static readonly string ItemSystem = Canonicals.CodeSystem("ips-fidelity-item"),
        EvidenceSystem = Canonicals.CodeSystem("ips-fidelity-evidence"),
        BasisUrl = Canonicals.StructureDefinition("ips-fidelity-basis"),
        BasisSystem = Canonicals.CodeSystem("ips-fidelity-basis"),
        ComputedUrl = Canonicals.StructureDefinition("ips-fidelity-computed"),
        EnteredUrl = Canonicals.StructureDefinition("ips-fidelity-entered"),
        BandUrl = Canonicals.StructureDefinition("ips-fidelity-band"),
        BandSystem = Canonicals.CodeSystem("ips-fidelity-band"),
        DueUrl = Canonicals.StructureDefinition("ips-fidelity-review-due"),
        HistoryUrl = Canonicals.StructureDefinition("ips-fidelity-review");

    private static readonly TranslatedName Total = new("total", "Yhteensä", "Sammanlagt", "Total"),
        ScoredItems = new("scored-items", "Pisteytettyjä osioita", "Poängsatta punkter", "Items with a score"),
        Points = new("points", "Pisteitä", "Poäng", "Points");

    public static MeasureReport Of(FidelitySheet sheet, FigureRequest request)
    {
        var report = request.Report(ReportFidelity.Url, sheet.Score.From, sheet.Score.To);
        report.Group.AddRange(sheet.Score.Items.Select(Group));
        report.Group.Add(TotalOf(sheet.Score));
        if (sheet.Due is { } due) report.SetExtension(DueUrl, new Date(CaseRule.Day(due)));
        foreach (var past in sheet.History) report.Extension.Add(Past(past));
        return report;
    }

    private static MeasureReport.GroupComponent Group(ScoredItem scored)
    {
        var item = scored.Item;
        var group = Group(item.Number, scored.Score);
        group.SetExtension(BasisUrl, item.Basis.ToCoding(BasisSystem));
        if (item.Score is { } computed) group.SetExtension(ComputedUrl, new Integer(computed));
        if (scored.Entered is { } entered)
        {
            var extension = new Extension { Url = EnteredUrl };
            extension.Extension.Add(new Extension("score", new Integer(entered.Score)));
            extension.Extension.Add(new Extension("rationale", new FhirString(entered.Rationale)));
            extension.Extension.Add(new Extension("reviewer", new FhirString(entered.Reviewer)));
            extension.Extension.Add(new Extension("date", new Date(CaseRule.Day(entered.Day))));
            group.Extension.Add(extension);
        }

        group.Population.AddRange(item.Evidence.Select(one => Population(one.What, one.Count)));
        return group;
    }

    private static MeasureReport.GroupComponent TotalOf(FidelityScore score)
    {
        var group = Group(Total, score.Total);
        group.Population.AddRange([Population(ScoredItems, score.Scored), Population(Points, score.Sum)]);
        if (score.Band is { } band) group.SetExtension(BandUrl, band.Name.ToCoding(BandSystem));
        return group;
    }

    private static Extension Past(PastReview past)
    {
        var extension = new Extension { Url = HistoryUrl };
        extension.Extension.Add(new Extension("period", new Period(
            new FhirDateTime(CaseRule.Day(past.Score.From)), new FhirDateTime(CaseRule.Day(past.Score.To)))));
        extension.Extension.Add(new Extension("date", new Date(CaseRule.Day(past.Day))));
        extension.Extension.Add(new Extension("points", new Integer(past.Score.Sum)));
        extension.Extension.Add(new Extension("scored-items", new Integer(past.Score.Scored)));
        if (past.Score.Band is { } band)
            extension.Extension.Add(new Extension("band", band.Name.ToCoding(BandSystem)));
        extension.Extension.AddRange(past.Reviewers.Select(one => new Extension("reviewer", new FhirString(one))));
        return extension;
    }

    private static MeasureReport.GroupComponent Group(TranslatedName name, int? score) => new()
    {
        Code = new CodeableConcept { Coding = [name.ToCoding(ItemSystem)] },
        MeasureScore = score is { } points ? new Quantity { Value = points } : null,
    };

    private static MeasureReport.PopulationComponent Population(TranslatedName what, decimal count) => new()
    {
        Code = new CodeableConcept { Coding = [what.ToCoding(EvidenceSystem)] }, Count = (int)count,
    };
}
