using Fhir;
using OccupationalHealth.Placement;
using ServiceKit.Storage;

namespace OccupationalHealth.Triage;

/// <summary>Whose limits of an instrument hold for a person; null where the Patient does not tell female or male.</summary>
internal static class PersonsGender
{
    /// <summary>Of the person who answered: a Patient of this base, or one inside the response.</summary>
    public static async Task<Gender?> Of(Session session, Access access, QuestionnaireResponse response) =>
        response.Subject is not { } subject ? null
        : subject.Reference?.StartsWith('#') == true
            ? Of(response.Contained.OfType<Patient>().FirstOrDefault(inside => $"#{inside.Id}" == subject.Reference))
        : subject.TryGetLocal(out var type, out var id) && type == "Patient"
            ? Of(await session.Resources.Get<Patient>(access, id))
        : null;

    public static Gender? Of(Patient? person) => person?.Gender switch
    {
        AdministrativeGender.Female => Gender.Female,
        AdministrativeGender.Male => Gender.Male,
        _ => null,
    };
}
