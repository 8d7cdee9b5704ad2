using Fhir;
using IpsCoaching.Career;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Fidelity;

/// <summary>
/// What a named reviewer gave to a unit for a period. It is a QuestionnaireResponse: <c>subject</c> the unit,
/// <c>author</c> the reviewer, <c>authored</c> the day, an extension the period, and one <c>item</c> for each score, the
/// number of the item as its <c>linkId</c>, the score as <c>valueInteger</c> and below it the rationale. It stands beside
/// what is computed and never changes it.
/// </summary>
/// <param name="Reviewer">The name, or the reference where no name is known.</param>
/// <param name="Entries">By the number of the item.</param>
public sealed record FidelityReview(
    string Id, DateOnly From, DateOnly To, DateOnly Day, string Reviewer,
    IReadOnlyList<(string Item, int Score, string Rationale)> Entries)
{
    public const string Rationale = "rationale";

    public static readonly string Questionnaire = Canonicals.Base + "/Questionnaire/ips-fidelity-review",
        PeriodUrl = Canonicals.StructureDefinition("ips-review-period");

    public static bool Is(QuestionnaireResponse response) => response.Questionnaire == Questionnaire;

    public static Period? PeriodOf(QuestionnaireResponse response) => response.GetExtension(PeriodUrl)?.Value as Period;

    /// <summary>The reviews of a unit that were not entered in error, the newest first.</summary>
    internal static async Task<IReadOnlyList<FidelityReview>> Of(Session session, Access access, string unit) =>
        [.. (await session.Resources.FindByReference<QuestionnaireResponse>(access, "subject", "Organization", unit))
            .Where(one => Is(one) && one.Status is not QuestionnaireResponseStatus.EnteredInError).Select(Read)
            .OrderByDescending(one => one.To).ThenByDescending(one => one.Day).ThenByDescending(one => one.Id)];

    private static FidelityReview Read(QuestionnaireResponse response) => new(
        response.Id!, FinnishTime.DateOf(PeriodOf(response)!.StartElement)!.Value,
        FinnishTime.DateOf(PeriodOf(response)!.EndElement)!.Value, FinnishTime.DateOf(response.AuthoredElement)!.Value,
        response.Author!.Display ?? response.Author.Reference!,
        [.. response.Item.Select(item => (item.LinkId!, ((Integer)item.Answer[0].Value!).Value!.Value,
            ((FhirString)item.Answer[0].Item[0].Answer[0].Value!).Value!))]);
}
