using Fhir;
using Messages;

namespace IpsCoaching.Tests.Career;

/// <summary>What a coach records of the client's way to work, beside contacts and jobs.</summary>
internal static class Recorded
{
    public static QuestionnaireResponse Profile(EpisodeOfCare episode, string day, params IEnumerable<string> jobs)
    {
        var profile = new QuestionnaireResponse
        {
            Questionnaire = Canonicals.Base + "/Questionnaire/ips-career-profile",
            Status = QuestionnaireResponseStatus.Completed, Subject = episode.Patient!.Clone(),
            AuthoredElement = new FhirDateTime(day), Author = Coach(),
            PartOf = [.. jobs.Select(job => new ResourceReference($"Observation/{job}"))],
        };
        foreach (var (part, text) in new[]
        {
            ("wishes", "Rauhallinen työ ihmisten parissa"), ("skills", "Leipoo ja ohjaa"),
            ("work-history", "Kahvila 2019–2021"), ("education", "Leipuri-kondiittori"), ("supports", "Sisar"),
        })
            profile.Item.Add(new QuestionnaireResponse.ItemComponent
            {
                LinkId = part, Answer = [new QuestionnaireResponse.AnswerComponent { Value = new FhirString(text) }],
            });
        return profile;
    }

    public static Goal Wish(EpisodeOfCare episode, string day, string about = "work-kind", string? occupation = "7512")
    {
        var wish = new Goal
        {
            LifecycleStatus = GoalLifecycleStatus.Active, Subject = episode.Patient!.Clone(), Start = new Date(day),
            ExpressedBy = Coach(), Description = new CodeableConcept { Text = "Leipomotyö" },
            Category = [new CodeableConcept(Canonicals.CodeSystem("ips-preference"), about)],
        };
        if (occupation is not null)
            wish.Description.Coding.Add(new Coding("http://example.org/isco-08", occupation));
        return wish;
    }

    public static Procedure Counselling(EpisodeOfCare episode, string day)
    {
        var counselling = new Procedure
        {
            Status = EventStatus.Completed, Subject = episode.Patient!.Clone(), Performed = new FhirDateTime(day),
            Code = new CodeableConcept(Canonicals.CodeSystem("ips-event"), "work-incentive-counselling"),
        };
        counselling.Performer.Add(new Procedure.PerformerComponent { Actor = Coach() });
        return counselling;
    }

    public static Observation Education(EpisodeOfCare episode, string start, string? end = null, string what = "Kokki")
    {
        var education = new Observation
        {
            Status = ObservationStatus.Final, Subject = episode.Patient!.Clone(),
            Code = new CodeableConcept(Canonicals.CodeSystem("ips-observation"), "education"),
            Effective = new Period(new FhirDateTime(start), null), Value = new CodeableConcept { Text = what },
        };
        if (end is not null) education.Completes(end);
        return education;
    }

    public static void Completes(this Observation education, string day, string reason = "completed")
    {
        ((Period)education.Effective!).End = day;
        education.SetExtension(Canonicals.StructureDefinition("ips-education-end-reason"),
            new Coding(Canonicals.CodeSystem("ips-education-end-reason"), reason));
    }

    private static ResourceReference Coach() => new("PractitionerRole/coach-kaisa-role");
}
