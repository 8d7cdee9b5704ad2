using Fhir;
using IpsCoaching.Bulk;
using IpsCoaching.Career;
using IpsCoaching.Caseload;
using IpsCoaching.Cases;
using IpsCoaching.Consents;
using IpsCoaching.EmployerContacts;
using IpsCoaching.EmploymentStatus;
using IpsCoaching.Fidelity;
using IpsCoaching.Figures;
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
            .Open<Organization>()
            .Open<Practitioner>()
            .Open<PractitionerRole>()
            .Share(new ShareWithTeam())
            .Make<Measure>(DescribeMeasures.Search)
            .Make<MeasureReport>(ReportFigures.Search)
            .Offer("may-be-said", "EpisodeOfCare")
            .Offer("caseload", "Practitioner")
            .Offer("transfer-caseload", "Practitioner")
            .Offer("import-cases")
            .Offer("import-records")
            .Offer("export", "Organization")
            .OnMessage<OpenCase>(Events.CoachingRequest, "open-case")
            .OnMessage<TakeEmploymentStatus>(Events.EmploymentStatusUpdate, "take-employment-status")
            .OnTimer<FollowAlongDue>(FollowAlong.TimerKind);

    public static IServiceCollection AddIpsCoaching(this IServiceCollection services, IConfiguration configuration) =>
        services.AddFhirService(Definition, configuration);

    public static WebApplication MapIpsCoaching(this WebApplication app)
    {
        var group = app.MapFhirService(Definition);
        group.MapPost("/EpisodeOfCare/{id}/$may-be-said", OperationRequest.Takes(SayToEmployer.Answer));
        group.MapGet("/Practitioner/{id}/$caseload", OperationRequest.Asks(ListCaseload.Answer));
        group.MapPost("/Practitioner/{id}/$transfer-caseload", OperationRequest.Takes(TransferCaseload.Answer));
        group.MapPost("/$import-cases", OperationRequest.Takes(ImportCases.Answer));
        group.MapPost("/$import-records", OperationRequest.Takes(ImportRecords.Answer));
        group.MapGet("/Organization/{id}/$export", (RequestDelegate)ExportCases.Answer).WithMetadata(ExportCases.Formats);
        group.MapFigures();
        group.MapMeasures();
        return app;
    }
}
