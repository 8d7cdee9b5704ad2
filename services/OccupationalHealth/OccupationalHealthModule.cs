using Fhir;
using MassTransit;
using Messages;
using OccupationalHealth.CareEpisodes;
using OccupationalHealth.Catalogue;
using OccupationalHealth.EmployerContracts;
using OccupationalHealth.Outcomes;
using OccupationalHealth.Referrals;
using OccupationalHealth.Triage;
using OccupationalHealth.WorkAbility;
using ServiceKit.Hosting;
using ServiceKit.Settings;

namespace OccupationalHealth;

/// <summary>OccupationalHealth: decides where care is given and keeps the person's ability to work in sight.</summary>
public static class OccupationalHealthModule
{
    public static readonly ServiceDefinition<OccupationalHealthDatabase> Definition =
        new ServiceDefinition<OccupationalHealthDatabase>(ServiceNames.OccupationalHealth, "/occupational-health/fhir")
            .Serve<Contract, ContractRule>()
            .Serve<Organization, OrganizationRule>()
            .Serve<HealthcareService, HealthcareServiceRule>()
            .Serve<FhirTask, TaskRule>()
            .Serve<Procedure, VisitRule>()
            .Serve<EpisodeOfCare, EpisodeRule>()
            .Serve<CarePlan>()
            .Serve<GuidanceResponse>()
            .Serve<ServiceRequest>()
            .Serve<Patient>()
            .Serve<Condition>()
            .Serve<Observation>()
            .Serve<QuestionnaireResponse, QuestionnaireResponseRule>()
            .Serve<Flag>()
            .Serve<Encounter, FirstInterviewRule>()
            .Serve<Coverage>()
            .Serve<Practitioner>()
            .Serve<PractitionerRole>()
            .Serve<Communication>()
            .Serve<Consent>()
            .Serve<Provenance>()
            .Make<Questionnaire>(ServeQuestionnaires.Described, isRead: true)
            .Make<MeasureReport>(ReportOutcomes.Search)
            .Offer("place", "ServiceRequest")
            .Offer("score", "QuestionnaireResponse")
            .Offer("series", "Observation")
            .OnMessage<ReceiveReferral>(Events.ReferralRequest, "receive-referral")
            .OnBus<RecordHandoffResponse, HandoffResponse>()
            .OnBus<RecordDeliveryReport, DeliveryReport>()
            .OnBus<RecordEmploymentStatus, EmploymentStatusForOccupationalHealth>()
            .OnTimer<SafetyReviewDue>(SafetyReviewDue.Kind);

    public static IServiceCollection AddOccupationalHealth(
        this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<TriageOptions>(configuration);
        services.AddSettings<CareEpisodeOptions>(configuration);
        services.AddSingleton(provider => provider.GetRequiredService<CareEpisodeOptions>().Read());
        return services.AddFhirService(Definition, configuration);
    }

    public static WebApplication MapOccupationalHealth(this WebApplication app)
    {
        var group = app.MapFhirService(Definition);
        group.MapDryRunPlacement();
        group.MapScore();
        group.MapSeries();
        group.MapQuestionnaires();
        group.MapOutcomes();
        return app;
    }

    public static void AddOccupationalHealthConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddFhirConsumers(Definition);
}
