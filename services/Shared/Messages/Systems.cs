namespace Messages;

/// <summary>Code and identifier systems that more than one service reads or writes.</summary>
public static class Systems
{
    /// <summary>Events of messages: the values of <see cref="Events"/>.</summary>
    public const string MessageEvent = Canonicals.Base + "/CodeSystem/message-event";

    /// <summary>Why a message of an event is sent: the values of <see cref="Reasons"/>.</summary>
    public const string MessageReason = Canonicals.Base + "/CodeSystem/message-reason";

    /// <summary>The coded <c>details</c> of an OperationOutcome; the prefix says whose fault it is (NHS BaRS practice).</summary>
    public const string Error = Canonicals.Base + "/CodeSystem/error";

    /// <summary>What a Task is for: the values of <see cref="TaskKinds"/>.</summary>
    public const string TaskKind = Canonicals.Base + "/CodeSystem/task-kind";

    /// <summary>Kinds of what a Task gives out, such as <c>guidance</c> and <c>patient-informed</c>.</summary>
    public const string TaskOutput = Canonicals.Base + "/CodeSystem/task-output";

    /// <summary>Methods of care; local placeholder codes, since the national I-codes were not found in a source.</summary>
    public const string Method = Canonicals.Base + "/CodeSystem/method";

    /// <summary>Finnish personal identity code (HETU). Source: Finnish base profiles 2.0.0-rc2.</summary>
    public const string IdentityCode = "urn:oid:1.2.246.21";

    /// <summary>Finnish municipality codes. Source: Finnish base profiles 2.0.0-rc2, extension municipality-code.</summary>
    public const string Municipality = "urn:oid:1.2.246.537.6.21";

    /// <summary>Employment status of a person (IHE PCC ODH 1.0.1).</summary>
    public const string EmploymentStatus = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

    /// <summary>LOINC.</summary>
    public const string Loinc = "http://loinc.org";

    /// <summary>Identifier types of HL7 v2, such as PLAC for the placer's own number.</summary>
    public const string IdentifierType = "http://terminology.hl7.org/CodeSystem/v2-0203";

    /// <summary>One journey of one person through referral, handoff, answer and follow-up; the value is a UUID.</summary>
    public const string Journey = Canonicals.Base + "/sid/journey";

    /// <summary>Numbers that OccupationalHealth gives to the Tasks it places.</summary>
    public const string TaskNumber = Canonicals.Base + "/sid/task";

    /// <summary>Organisations by the name that their agreement with us gives them.</summary>
    public const string Organisation = Canonicals.Base + "/sid/organisation";

    /// <summary>Wellbeing services counties by their two-digit county code.</summary>
    public const string Region = Canonicals.Base + "/sid/region";
}

/// <summary>Codes of <see cref="Systems.MessageReason"/>.</summary>
public static class Reasons
{
    public const string New = "new", Update = "update", Confirm = "confirm", Cancel = "cancel";
}

/// <summary>Codes of <see cref="Systems.TaskKind"/>.</summary>
public static class TaskKinds
{
    public const string Care = "care", WorkAbilityFollowUp = "work-ability-follow-up",
        WorkplaceAssessment = "workplace-assessment", SafetyReview = "safety-review",
        PhoneHandover = "phone-handover", SpecialistAssessment = "specialist-assessment",
        AbsenceCheckpoint = "absence-checkpoint", DeadlinePassed = "deadline-passed",
        WorkAbilityReferral = "work-ability-referral", WorkplaceMeasure = "workplace-measure";
}
