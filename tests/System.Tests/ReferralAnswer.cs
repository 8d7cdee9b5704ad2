using Fhir;
using Messages;

namespace System.Tests;

/// <summary>A reason of a placement as a client reads it.</summary>
internal sealed record ReasonSeen(string Code, bool For, int Languages);

/// <summary>Reads the answer to a referral as a client would (README, "A first referral").</summary>
internal static class ReferralAnswer
{
    public static string CarePlace(this Bundle answer) =>
        ((Code)answer.Outcome().Single(parameter => parameter.Name == "care-place").Value!).Value!;

    public static IReadOnlyList<ReasonSeen> Reasons(this Bundle answer) =>
    [
        .. answer.Outcome().Where(parameter => parameter.Name == "reason").Select(reason =>
        {
            var coding = (Coding)reason.Part.Single(part => part.Name == "code").Value!;
            var isFor = (FhirBoolean)reason.Part.Single(part => part.Name == "for").Value!;
            return new ReasonSeen(coding.Code!, isFor.Value!.Value, coding.DisplayElement!.Extension.Count + 1);
        }),
    ];

    public static IReadOnlyList<FhirTask> Tasks(this Bundle answer, string kind) =>
        [.. answer.All<FhirTask>().Where(task => task.Code?.Has(Systems.TaskKind, kind) == true)];

    public static FhirTask CareTask(this Bundle answer) => Assert.Single(answer.Tasks(TaskKinds.Care));

    public static string? OwnerOf(this Bundle answer, FhirTask task) =>
        task.Owner!.Identifier?.Value
        ?? answer.Resolve<Organization>(task.Owner)?.Identifier.FirstOrDefault()?.Value;

    public static CarePlan Plan(this Bundle answer) => Assert.Single(answer.All<CarePlan>());

    public static string? PlanIntent(this Bundle answer) => answer.Plan().IntentElement?.Text;

    public static string? Level(this Bundle answer) => answer.Plan().Category
        .SelectMany(category => category.Coding)
        .FirstOrDefault(coding => coding.System == Canonicals.CodeSystem("care-level"))?.Code;

    private static IReadOnlyList<Parameters.ParameterComponent> Outcome(this Bundle answer)
    {
        var guidance = Assert.Single(answer.All<GuidanceResponse>());
        var reference = guidance.OutputParameters!.Reference!.TrimStart('#');
        return Assert.IsType<Parameters>(guidance.Contained.Single(resource => resource.Id == reference)).Parameter;
    }
}
