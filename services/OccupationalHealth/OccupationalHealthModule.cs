using Fhir;
using Messages;
using OccupationalHealth.CareEpisodes;
using OccupationalHealth.Catalogue;
using OccupationalHealth.EmployerContracts;
using OccupationalHealth.Outcomes;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using OccupationalHealth.Simulation;
using OccupationalHealth.Triage;
using OccupationalHealth.WorkAbility;
using OccupationalHealth.Workplace;
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
            .Serve<Group, WorkplaceRule>()
            .Serve<CarePlan, WorkplacePlanRule>()
            .Serve<GuidanceResponse>()
            .Serve<ServiceRequest>()
            .Serve<Patient>()
            .Serve<Condition>()
            .Serve<Observation, ObservationRule>()
            .Serve<QuestionnaireResponse, QuestionnaireResponseRule>()
            .Serve<Flag>()
            .Serve<Encounter, EncounterRule>()
            .Serve<Coverage>()
            .Serve<Practitioner>()
            .Serve<PractitionerRole>()
            .Serve<Communication>()
            .Serve<Consent, ProhibitionRule>()
            .Serve<Provenance>()
            .Open<HealthcareService>()
            .Open<Practitioner>()
            .Open<PractitionerRole>()
            .Keep<Contract>()
            .Keep<HealthcareService>()
            .Keep<Organization>()
            .Keep<Practitioner>()
            .Make<Questionnaire>(ServeQuestionnaires.Described, isRead: true)
            .Make<MeasureReport>(ReportOutcomes.Search)
            .Offer("place", "ServiceRequest")
            .Offer("score", "QuestionnaireResponse")
            .Offer("series", "Observation")
            .Offer("import", "Contract")
            .Offer("hand-over", "Task")
            .Offer("for-employer", "Patient")
            .Offer("psychotherapy-readiness", "ServiceRequest")
            .Offer("simulate")
            .OnMessage<ReceiveReferral>(Events.ReferralRequest, "receive-referral")
            .OnMessage<TakeAbsenceNotice>(Events.SicknessAbsenceNotice, "take-absence-notice")
            .OnMessage<TakeEmployerNotice>(Events.EmployerAbsenceNotice, "take-employer-notice")
            .OnBus<RecordHandoffResponse, HandoffResponse>()
            .OnBus<RecordDeliveryReport, DeliveryReport>()
            .OnBus<RecordEmploymentStatus, EmploymentStatusForOccupationalHealth>()
            .OnBus<TakeWorkAbilityReferral, WorkAbilityReferral>()
            .OnBus<TakeCatalogueUpdate, CatalogueUpdate>()
            .OnTimer<SafetyReviewDue>(SafetyReviewDue.Kind)
            .OnTimer<CheckpointDue>(CheckpointDue.Kind)
            .OnTimer<WorkAbilityReferralDue>(WorkAbilityReferralDue.Kind)
            .OnTimer<WorkplaceMeasureDue>(WorkplaceMeasureDue.Kind)
            .OnTimer<CopyGrowsOld>(CopyGrowsOld.Kind)
            .OnTimer<CareDeadlinePassed>(CareDeadlines.TimerOf(DeadlineKind.AccessToCare))
            .OnTimer<CareDeadlinePassed>(CareDeadlines.TimerOf(DeadlineKind.TherapyGuarantee))
            .OnTimer<CareDeadlinePassed>(CareDeadlines.TimerOf(DeadlineKind.Treatment))
            .OnTimer<CareDeadlinePassed>(CareDeadlines.TimerOf(DeadlineKind.ReferralAssessment))
            .OnTimer<CareDeadlinePassed>(CareDeadlines.TimerOf(DeadlineKind.NeedAssessment));

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
        group.MapImportContracts();
        group.MapHandOverFollowUp();
        group.MapTellEmployer();
        group.MapPsychotherapyReadiness();
        group.MapSimulate();
        return app;
    }
}
