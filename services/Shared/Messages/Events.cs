namespace Messages;

/// <summary>Codes of <see cref="Systems.MessageEvent"/>: what a message says has happened or asks for.</summary>
public static class Events
{
    public const string ReferralRequest = "referral-request", HandoffRequest = "handoff-request",
        HandoffCancel = "handoff-cancel", HandoffResponse = "handoff-response",
        CoachingRequest = "coaching-request", EmploymentStatusUpdate = "employment-status-update",
        DeliveryReport = "delivery-report", SicknessAbsenceNotice = "sickness-absence-notice",
        EmployerAbsenceNotice = "employer-absence-notice", WorkAbilityReferral = "work-ability-referral",
        WorkAbilityFollowUp = "work-ability-follow-up", CatalogueUpdate = "catalogue-update";
}
