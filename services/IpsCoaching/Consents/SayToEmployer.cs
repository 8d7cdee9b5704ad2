using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;
using static Fhir.Parameters;

namespace IpsCoaching.Consents;

/// <summary>
/// <c>POST EpisodeOfCare/{id}/$may-be-said</c> with the employer's business id (in the body, since addresses end up in
/// logs): exactly what the coach may say to this employer now, each sentence in three languages, and nothing else.
/// </summary>
internal static class SayToEmployer
{
    private static readonly TranslatedName
        NotAsked = new("not-asked",
            "Asiakkaalta ei ole kysytty, mitä työnantajille saa kertoa. Et saa kertoa asiakkaasta mitään.",
            "Klienten har inte tillfrågats om vad som får berättas för arbetsgivare. Du får inte berätta något om "
            + "klienten.",
            "The client has not been asked what employers may be told. You may not tell anything of the client."),
        NoContact = new("no-contact",
            "Asiakas ei salli yhteydenottoa tähän työnantajaan. Et saa kertoa asiakkaasta mitään.",
            "Klienten tillåter inte kontakt med den här arbetsgivaren. Du får inte berätta något om klienten.",
            "The client does not allow contact with this employer. You may not tell anything of the client."),
        NothingElse = new("nothing-else",
            "Muuta et saa kertoa.", "Annat får du inte berätta.", "You may not tell anything else.");

    public static Task<OperationResult> Answer(
        IpsCoachingDatabase database, Access access, string id, Parameters parameters, CancellationToken cancel)
    {
        var employer = parameters.Value<Identifier>("employer");
        return BusinessId.Is(employer)
            ? database.Read(session => Answer(session, access, id, employer!.Value!), cancel)
            : Task.FromResult<OperationResult>(new OperationResult.Refused(Refusal.BadRequest(Refusal.Issue(
                IssueType.Required, "Parameters.parameter('employer')",
                $"The employer by its business id of {BusinessId.SystemUrl}, as valueIdentifier."))));
    }

    private static async Task<OperationResult> Answer(Session session, Access access, string id, string employer)
    {
        if (await session.Resources.Get<EpisodeOfCare>(access, id) is not { } episode)
            return new OperationResult.Refused(Refusal.NotFound("There is no such case."));
        // Once a case has ended nobody speaks for the client any more.
        var answers = episode.Status is EpisodeOfCareStatus.Active or EpisodeOfCareStatus.Onhold
            ? await DisclosurePreference.Of(session, access, episode) : [];
        var may = EmployerDisclosurePolicy.Decide(answers, employer, session.Now);
        var answer = new Parameters();
        answer.Parameter.Add(Part("contact", new FhirBoolean(may.Contact)));
        if (may.Answer is { } consent)
        {
            answer.Parameter.Add(Part("preference", new ResourceReference($"Consent/{consent.Id}")));
            answer.Parameter.Add(Part("asked", consent.DateTimeElement!.Clone()));
        }

        answer.Parameter.AddRange(may.Topics.Select(Sentence).OfType<Parameters.ParameterComponent>());
        if (may.Words is { } words) answer.Parameter.Add(Part("agreed-words", new FhirString(words)));
        var last = may.Contact ? NothingElse : may.Answer is null ? NotAsked : NoContact;
        answer.Parameter.Add(Part("limit", last.ToText()));
        return new OperationResult.Done(answer);

        Parameters.ParameterComponent? Sentence(string topic) =>
            IpsRules.InForceOn(FinnishTime.DateOf(session.Now)).DisclosureTopics
                .FirstOrDefault(known => known.Name.Code == topic) is { } known
                ? Parts("may-say", Part("topic", known.Name.ToCoding(DisclosurePreference.TopicSystem)),
                    Part("text", known.MaySay.ToText()))
                : null;
    }
}
