namespace ExpertPanel.Workflows.Experts;

/// <summary>Why an appointment ends before its term; grounds of dismissal as local rules name them (福州晋安2022 and others, marked as defaults).</summary>
public enum AppointmentEnding
{
    /// <summary>辞聘</summary>
    Resigned,
    /// <summary>一年内无故缺席两次以上</summary>
    Absences,
    /// <summary>工作变动或者健康原因</summary>
    JobOrHealth,
    /// <summary>泄密</summary>
    SecrecyBreach,
    /// <summary>代理对方当事人</summary>
    AdverseParty,
    /// <summary>以专家名义谋私</summary>
    TitleMisused,
    /// <summary>其他</summary>
    Other,
}
