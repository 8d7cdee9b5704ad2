using Fhir;
using Messages;
using RegionHandoff.CareTeams;
using RegionHandoff.Catalogue;
using RegionHandoff.Delivery;
using RegionHandoff.Handoffs;
using RegionHandoff.Regions;
using RegionHandoff.SimulatedRegion;
using RegionHandoff.WorkAbility;
using ServiceKit.Hosting;
using Endpoint = Fhir.Endpoint;

namespace RegionHandoff;

/// <summary>RegionHandoff: brings handoffs to the regions, each by its own channel, and their answers back.</summary>
public static class RegionHandoffModule
{
    public static readonly ServiceDefinition<RegionHandoffDatabase> Definition =
        new ServiceDefinition<RegionHandoffDatabase>(ServiceNames.RegionHandoff, "/regions/fhir")
            .Serve<Organization, OrganizationRule>()
            .Serve<Endpoint, EndpointRule>()
            .Serve<HealthcareService, HealthcareServiceRule>()
            .Serve<FhirTask>()
            .Serve<ServiceRequest>()
            .Serve<Patient>()
            .Serve<Condition>()
            .Serve<Observation>()
            .Serve<Practitioner>()
            .Serve<PractitionerRole>()
            .Serve<Communication>()
            .Serve<Provenance>()
            .Offer("mailbox")
            .Offer("acknowledge", "MessageHeader")
            .Offer("undelivered")
            .Open<Organization>()
            .Open<Endpoint>()
            .Open<HealthcareService>()
            .Open<Practitioner>()
            .Open<PractitionerRole>()
            .OnBus<OpenHandoff, HandoffRequest>()
            .OnBus<CancelHandoff, HandoffCancel>()
            .OnBus<ForwardEmploymentStatus, EmploymentStatusForCareTeam>()
            .OnMessage<AcceptRegionResponse>(Events.HandoffResponse, "accept-region-response")
            .OnMessage<PassOnCatalogueUpdate>(Events.CatalogueUpdate, "pass-on-catalogue-update")
            .OnMessage<PassOnWorkAbilityReferral>(Events.WorkAbilityReferral, "pass-on-work-ability-referral")
            .OnBus<ForwardWorkAbilityFollowUp, WorkAbilityFollowUp>()
            .OnTimer<AcknowledgementDue>(AcknowledgementDue.Kind);

    public static IServiceCollection AddRegionHandoff(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddFhirService(Definition, configuration);
        services.AddDelivery(configuration);
        services.AddSimulatedRegion(configuration);
        return services;
    }

    public static WebApplication MapRegionHandoff(this WebApplication app)
    {
        var group = app.MapFhirService(Definition);
        group.MapMailbox();
        group.MapOperatorList();
        return app;
    }
}
