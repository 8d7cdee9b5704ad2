using System.Net;
using Fhir;
using Messages;
using OccupationalHealth.Tests.Triage;

namespace OccupationalHealth.Tests.Referrals;

public sealed class ReferredAnswersTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    private const string Total = "44261-6";

    // The answers of example 06 add up to 12 (ReadFactsTests), a moderate band (domain.md 2.5).
    [Fact]
    public async Task Answers_give_the_total_that_scoring_gives_in_the_referral_the_series_and_the_chart()
    {
        var message = Example.Fresh("06", Example.NewPerson());
        var scored = (await app.Post("QuestionnaireResponse/$score", AnswersIn(message).Clone()))
            .All<Observation>().Single(o => o.Code!.Has(Systems.Loinc, Total));
        var (person, request) = await Sent(message);

        var point = Assert.Single(await Series(person));
        Assert.Equal(
            (ObservationStatus.Final, $"Patient/{person}", 12m, "moderate"),
            (point.Status!.Value, point.Subject!.Reference!, ((Quantity)point.Value!).Value!.Value,
                point.Interpretation.Single().Coding.Single().Code));
        Assert.True(scored.Value!.DeepEquals(point.Value));
        Assert.True(scored.Code!.DeepEquals(point.Code));
        Assert.True(scored.Effective!.DeepEquals(point.Effective));
        Assert.True(scored.ReferenceRange.Single().DeepEquals(point.ReferenceRange.Single()));
        Assert.True(scored.Interpretation.Single().DeepEquals(point.Interpretation.Single()));
        Assert.Equal(
            $"QuestionnaireResponse/{(await Stored(person)).Single().Id}", point.DerivedFrom.Single().Reference);
        Assert.Contains(request.SupportingInfo, info => info.Reference == $"Observation/{point.Id}");
        Assert.Contains("20 November 2026: 12, Moderate symptoms", (await app.GetText(
                $"Observation/$series?patient={person}&code=phq-9&lang=en", "image/svg+xml")).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_county_receives_the_total_and_not_the_answers()
    {
        var message = Example.Fresh("06", Example.NewPerson());
        message.Fact("worker-chooses-region").Value = new FhirBoolean(true);
        await app.Send(message);
        Assert.Equal(HttpStatusCode.OK, (await app.Send(Example.Confirmation(message))).Status);

        var handoff = Assert.Single(await app.Outgoing(message.Journey()));
        var total = handoff.All<Observation>().Single(o => o.Code!.Has(Systems.Loinc, Total));
        Assert.Equal((12m, "moderate"),
            (((Quantity)total.Value!).Value!.Value, total.Interpretation.Single().Coding.Single().Code));
        Assert.Same(handoff.All<Patient>().Single(), handoff.Resolve<Patient>(total.Subject));
        Assert.Contains(handoff.All<ServiceRequest>().Single().SupportingInfo,
            info => ReferenceEquals(handoff.Resolve<Observation>(info), total));
        Assert.Empty(handoff.All<QuestionnaireResponse>());
        Assert.Empty(total.DerivedFrom);
    }

    [Fact]
    public async Task A_trial_stores_neither_answers_nor_totals()
    {
        var before = (await app.Count("Observation"), await app.Count("QuestionnaireResponse"));

        Assert.Equal(HttpStatusCode.OK, (await app.Post(
            "ServiceRequest/$place", Example.Fresh("06", Example.NewPerson()))).Status);

        Assert.Equal(before, (await app.Count("Observation"), await app.Count("QuestionnaireResponse")));
    }

    [Fact]
    public async Task Answers_sent_again_with_an_update_are_a_correction_and_no_second_point()
    {
        var message = Example.Fresh("06", Example.NewPerson());
        var (person, _) = await Sent(message);
        var first = Assert.Single(await Series(person));
        AnswersIn(message).Status = QuestionnaireResponseStatus.Amended;
        Answer(message, "44250-9", 3);

        var (_, request) = await Sent(Update(message));

        var corrected = Assert.Single(await Series(person));
        Assert.Equal((first.Id, 13m, ObservationStatus.Amended),
            (corrected.Id, ((Quantity)corrected.Value!).Value!.Value, corrected.Status!.Value));
        Assert.Equal("2", Assert.Single(await Stored(person)).Meta!.VersionId);
        Assert.Single(request.SupportingInfo, info => info.Reference == $"Observation/{first.Id}");
    }

    // The same answers also come with another referral of the same sender.
    [Theory]
    [InlineData(null, null, 1)]
    [InlineData("2026-11-20T08:15:00Z", null, 1)]
    [InlineData("2026-11-19T10:15:00+02:00", null, 2)]
    [InlineData(null, "https://ehr.elsewhere.example/fhir", 2)]
    public async Task What_another_sender_or_another_time_tells_is_a_point_of_its_own(
        string? authored, string? source, int points)
    {
        var code = Example.NewPerson();
        var (person, _) = await Sent(Example.Fresh("06", code));
        var other = Example.Fresh("06", code);
        AnswersIn(other).Authored = authored ?? AnswersIn(other).Authored;
        other.MessageHeader().Source!.Endpoint = source ?? other.MessageHeader().Source!.Endpoint;

        await Sent(other);

        Assert.Equal(points, (await Series(person)).Count);
        Assert.Equal(points, (await Stored(person)).Count);
    }

    // A sheet that names no questionnaire is told by its questions.
    [Fact]
    public async Task Two_questionnaires_of_one_time_do_not_correct_each_other()
    {
        var message = Example.Fresh("06", Example.NewPerson());
        AnswersIn(message).Questionnaire = null;
        var gad7 = Sheet.Of("gad-7", 1, 1, 1, 1, 1, 1, 1);
        (gad7.Id, gad7.Questionnaire, gad7.Authored) = (AnswersIn(message).Id, null, AnswersIn(message).Authored);
        var (person, _) = await Sent(message);
        message.Entry.Single(entry => entry.Resource is QuestionnaireResponse).Resource = gad7;

        await Sent(Update(message));

        Assert.Equal(12, ((Quantity)Assert.Single(await Series(person)).Value!).Value);
        Assert.Equal(7, ((Quantity)Assert.Single(await Series(person, "gad-7")).Value!).Value);
        await Sent(Update(message));
        Assert.Single(await Series(person));
        Assert.Single(await Series(person, "gad-7"));
    }

    [Theory]
    [InlineData(QuestionnaireResponseStatus.EnteredInError, false)]
    [InlineData(QuestionnaireResponseStatus.InProgress, false)]
    [InlineData(QuestionnaireResponseStatus.Completed, true)]
    public async Task A_total_that_the_answers_no_longer_say_is_withdrawn(QuestionnaireResponseStatus status, bool gap)
    {
        var message = Example.Fresh("06", Example.NewPerson());
        var (person, _) = await Sent(message);
        var point = Assert.Single(await Series(person));
        AnswersIn(message).Status = status;
        if (gap) AnswersIn(message).Item.RemoveAt(0);

        var (_, request) = await Sent(Update(message));

        Assert.Empty(await Series(person));
        Assert.Equal(ObservationStatus.EnteredInError, (await app.Get<Observation>(point.Id!)).Status);
        Assert.DoesNotContain(request.SupportingInfo, info => info.Reference == $"Observation/{point.Id}");
    }

    [Theory]
    [InlineData(12, 1)]
    [InlineData(14, 2)]
    public async Task A_total_told_beside_its_answers_is_one_point_while_they_agree(int told, int points)
    {
        var message = Example.Fresh("06", Example.NewPerson());
        var own = CareEpisodes.Care.Total(message.All<Patient>().Single(), told, "2026-11-20");
        own.Subject = AnswersIn(message).Subject!.Clone();
        own.DerivedFrom = [new ResourceReference(message.UrlOf(AnswersIn(message)))];
        message.Entry.Add(new Bundle.EntryComponent { FullUrl = $"urn:uuid:{own.Id}", Resource = own });

        var (person, _) = await Sent(message);

        Assert.Equal(points, (await Series(person)).Count);
        Assert.Contains(await Series(person), point => ((Quantity)point.Value!).Value == told);
    }

    [Fact]
    public async Task The_navigators_answers_are_facts_of_the_referral_and_go_to_the_county_too()
    {
        var message = Example.Fresh("06", Example.NewPerson());
        message.Fact("worker-chooses-region").Value = new FhirBoolean(true);
        var navigator = Sheet.Of("navigator", 2, 7);
        message.Entry.Add(new Bundle.EntryComponent { FullUrl = "urn:uuid:navigator", Resource = navigator });
        await app.Send(message);
        await app.Send(Example.Confirmation(message));

        Assert.Equal(7, ((Integer)Assert.Single(await app.Outgoing(message.Journey()))
            .Fact("functioning").Value!).Value);
    }

    [Theory]
    [InlineData("2026-11-21")]
    [InlineData("2027")]
    public async Task Answers_of_a_day_to_come_give_no_point(string authored)
    {
        var message = Example.Fresh("06", Example.NewPerson());
        AnswersIn(message).Authored = authored;

        var (person, _) = await Sent(message);

        Assert.Single(await Stored(person));
        Assert.Empty(await app.Search<Observation>($"Observation?patient={person}&code={Total}"));
    }

    private static QuestionnaireResponse AnswersIn(Bundle message) => message.All<QuestionnaireResponse>()
        .First(response => response.Item.Exists(item => item.LinkId == "44260-8"));

    private static void Answer(Bundle message, string link, int score) => AnswersIn(message).Item
        .Single(item => item.LinkId == link).Answer[0].Value = new Integer(score);

    private static Bundle Update(Bundle message)
    {
        message.Renew().MessageHeader().Reason!.Coding[0].Code = "update";
        return message;
    }

    private async Task<(string Person, ServiceRequest Request)> Sent(Bundle message)
    {
        var answer = await app.Send(message);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var care = answer.Task(TaskKinds.Care);
        Assert.True(care.For!.TryGetLocal(out _, out var person));
        Assert.True(care.Focus!.TryGetLocal(out _, out var request));
        return (person, await app.Get<ServiceRequest>(request));
    }

    private async Task<IReadOnlyList<Observation>> Series(string person, string code = "phq-9") =>
        (await app.GetAnswer($"Observation/$series?patient={person}&code={code}")).All<Observation>();

    private Task<IReadOnlyList<QuestionnaireResponse>> Stored(string person) =>
        app.Search<QuestionnaireResponse>($"QuestionnaireResponse?subject=Patient/{person}");
}
