using Fhir;
using MassTransit;
using Messages;
using OccupationalHealth.CareEpisodes;
using OccupationalHealth.Catalogue;
using OccupationalHealth.EmployerContracts;
using OccupationalHealth.Referrals;
using OccupationalHealth.WorkAbility;
using ServiceKit.Hosting;

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
            .Serve<CarePlan>()
            .Serve<GuidanceResponse>()
            .Serve<ServiceRequest>()
            .Serve<Patient>()
            .Serve<Condition>()
            .Serve<Observation>()
            .Serve<QuestionnaireResponse>()
            .Serve<Coverage>()
            .Serve<Practitioner>()
            .Serve<PractitionerRole>()
            .Serve<Communication>()
            .Serve<Consent>()
            .Serve<Provenance>()
            .OnMessage<ReceiveReferral>(Events.ReferralRequest, "receive-referral")
            .OnMessage<TakeAbsenceNotice>(Events.SicknessAbsenceNotice, "take-absence-notice")
            .OnBus<RecordHandoffResponse, HandoffResponse>()
            .OnBus<RecordDeliveryReport, DeliveryReport>()
            .OnBus<RecordEmploymentStatus, EmploymentStatusForOccupationalHealth>()
            .OnTimer<SafetyReviewDue>(SafetyReviewDue.Kind)
            .OnTimer<CheckpointDue>(CheckpointDue.Kind);

    public static IServiceCollection AddOccupationalHealth(
        this IServiceCollection services, IConfiguration configuration) =>
        services.AddFhirService(Definition, configuration);

    public static WebApplication MapOccupationalHealth(this WebApplication app)
    {
        var group = app.MapFhirService(Definition);
        group.MapDryRunPlacement();
        group.MapHandOverFollowUp();
        return app;
    }

    public static void AddOccupationalHealthConsumers(this IBusRegistrationConfigurator bus) =>
        bus.AddFhirConsumers(Definition);
}
