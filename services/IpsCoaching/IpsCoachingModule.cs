using Fhir;
using IpsCoaching.Career;
using IpsCoaching.Cases;
using IpsCoaching.Consents;
using IpsCoaching.EmployerContacts;
using IpsCoaching.EmploymentStatus;
using IpsCoaching.Fidelity;
using IpsCoaching.Figures;
using MassTransit;
using Messages;
using ServiceKit.Hosting;

namespace IpsCoaching;

/// <summary>Coaching into work by Individual Placement and Support: what this service serves and takes.</summary>
public static class IpsCoachingModule
{
    public static readonly ServiceDefinition<IpsCoachingDatabase> Definition =
        new ServiceDefinition<IpsCoachingDatabase>(ServiceNames.IpsCoaching, "/ips/fhir")
            .Serve<EpisodeOfCare, CaseRule>()
            .Serve<Observation, ObservationRule>()
            .Serve<Encounter, RecordContact>()
            .Serve<Consent, ConsentRule>()
            .Serve<QuestionnaireResponse, QuestionnaireResponseRule>()
            .Serve<Goal, RecordWorkPreference>()
            .Serve<Procedure, RecordCounselling>()
            .Serve<Patient>()
            .Serve<FhirTask>()
            .Serve<ServiceRequest>()
            .Serve<CareTeam>()
            .Serve<Organization>()
            .Serve<Practitioner>()
            .Serve<PractitionerRole>()
            .Count<Measure>(DescribeMeasures.Search)
            .Count<MeasureReport>(ReportFigures.Search)
            .OnMessage<OpenCase>(Events.CoachingRequest, "open-case")
            .OnMessage<TakeEmploymentStatus>(Events.EmploymentStatusUpdate, "take-employment-status")
            .OnTimer<FollowAlongDue>(FollowAlong.TimerKind);

    public static IServiceCollection AddIpsCoaching(this IServiceCollection services, IConfiguration configuration) =>
        services.AddFhirService(Definition, configuration);

    public static WebApplication MapIpsCoaching(this WebApplication app)
    {
        var group = app.MapFhirService(Definition);
        group.MapFigures();
        group.MapMeasures();
        return app;
    }

    public static void AddIpsCoachingConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddFhirConsumers(Definition);
}
