namespace ExpertPanel.Workflows.Documents;

/// <summary>合法性审查意见书: the office's numbered conclusion on one legal matter.</summary>
public sealed record ReviewOpinionDocument
{
    public required LetterFrame Frame { get; init; }

    /// <summary>The sentences before the first heading: which submission was received, under which rule it was reviewed.</summary>
    public string? Opening { get; init; }

    /// <summary>送审情况.</summary>
    public required string Submission { get; init; }

    /// <summary>审查依据, one law or provision each.</summary>
    public required IReadOnlyList<string> LegalBasis { get; init; }

    /// <summary>The three heads of article 27 of the 重大行政决策程序暂行条例.</summary>
    public required ReviewFinding Authority { get; init; }

    public required ReviewFinding Procedure { get; init; }

    public required ReviewFinding Content { get; init; }

    /// <summary>修改建议.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];

    /// <summary>风险提示.</summary>
    public IReadOnlyList<string> Risks { get; init; } = [];

    /// <summary>Absent when no expert was asked.</summary>
    public ExpertSummary? Experts { get; init; }

    /// <summary>The conclusion's code, such as LawfulWithChanges; not printed, but kept in the file's properties for the archive.</summary>
    public required string ConclusionCode { get; init; }

    /// <summary>The conclusion in Chinese, such as 修改后合法.</summary>
    public required string ConclusionLabel { get; init; }

    /// <summary>What follows from the conclusion: may it be tabled, what must be done first.</summary>
    public string? ConclusionNote { get; init; }
}

/// <summary>What was found under one head (权限, 程序 or 内容).</summary>
public sealed record ReviewFinding(string Text, IReadOnlyList<LegalProblem> Problems);

/// <summary>A problem and the article it offends.</summary>
public sealed record LegalProblem(string Text, string Article);

/// <summary>
/// The experts' opinions in figures and reasons. A dissent is printed word for word: it may not be lost in a summary
/// (重大行政决策程序暂行条例 article 20 asks for differing views).
/// </summary>
public sealed record ExpertSummary
{
    /// <summary>How many experts were asked; the rest of those who didn't answer is the difference to the three counts.</summary>
    public required int Asked { get; init; }

    public required int For { get; init; }

    public required int Against { get; init; }

    public required int Abstained { get; init; }

    public IReadOnlyList<string> ReasonsFor { get; init; } = [];

    public IReadOnlyList<string> ReasonsAgainst { get; init; } = [];

    public IReadOnlyList<string> ReasonsAbstained { get; init; } = [];

    public IReadOnlyList<string> Dissents { get; init; } = [];

    /// <summary>Why the office concludes otherwise than the experts, or what it took up.</summary>
    public string? OfficeExplanation { get; init; }
}
