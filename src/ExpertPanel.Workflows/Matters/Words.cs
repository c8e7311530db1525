namespace ExpertPanel.Workflows.Matters;

/// <summary>涉法事务类型; the first five are the speech's.</summary>
public enum MatterType
{
    MajorDecision,
    MajorAdministrativeAct,
    MajorInvestmentProject,
    LegalInstrument,
    ComplexLegalCase,
    NormativeDocument,
    LegislativeConsultation,
    Other,
}

/// <summary>紧急程度</summary>
public enum UrgencyLevel
{
    Normal,
    Urgent,
    Critical,
}

/// <summary>State secrets never enter this system (保密法 arts. 29, 31); what may is open, or a work secret (the default).</summary>
public enum SecrecyLevel
{
    WorkSecret,
    Open,
}

/// <summary>来件渠道</summary>
public enum IntakeChannel
{
    Paper,
    Web,
    Mail,
    LeaderInstruction,
}

/// <summary>How a matter ended without an opinion.</summary>
public enum EndingKind
{
    Declined,
    Returned,
    Transferred,
    Withdrawn,
    Terminated,
}

/// <summary>不予受理、退回、转办的理由</summary>
public enum EndingReason
{
    NotOurCompetence,
    NotALegalQuestion,
    ProcedureNotFollowed,
    MaterialsNotSupplied,
    DuplicateSubmission,
    SponsorRequest,
    BasisDisappeared,
    Other,
}

/// <summary>中止原因</summary>
public enum SuspensionCause
{
    AwaitingLaw,
    AwaitingOtherCase,
    AwaitingFacts,
    SponsorRevising,
    ForceMajeure,
    Other,
}

/// <summary>How a matter relates to the matter it names.</summary>
public enum LinkKind
{
    Resubmission,
    Reopening,
    Correction,
    Revocation,
}

/// <summary>审查结论, 713号令 art. 25. An unlawful draft must not be tabled; an exploratory one may, its risks stated.</summary>
public enum ReviewConclusion
{
    Lawful,
    LawfulWithChanges,
    Unlawful,
    ExploratoryReformRiskDisclosed,
    OutOfScope,
}

/// <summary>采纳情况</summary>
public enum AdoptionKind
{
    Adopted,
    PartlyAdopted,
    NotAdopted,
}

/// <summary>档案保管期限</summary>
public enum RetentionTerm
{
    Permanent,
    ThirtyYears,
    TenYears,
}

/// <summary>督办单的颜色</summary>
public enum SlipColour
{
    Blue,
    Yellow,
    Red,
}

/// <summary>附件种类</summary>
public enum FileKind
{
    SubmissionLetter,
    DraftForReview,
    Basis,
    ProcedureStatement,
    FairCompetitionReview,
    ConsultationReply,
    ExpertOpinion,
    Minutes,
    Other,
}
