using ExpertPanel.Workflows.Documents;

namespace ExpertPanel.Tests.Server.Documents;

/// <summary>Documents as an office of 2014 would have issued them. The persons and the matter are invented.</summary>
public static class DocumentSamples
{
    public const string Office = "甘肃省人民政府法制办公室";

    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public static ReviewOpinionDocument Opinion { get; } = new()
    {
        Frame = new LetterFrame
        {
            Office = Office,
            Number = "甘政法函〔2014〕12号",
            Title = "关于《甘肃省集中供热管理办法（送审稿）》的合法性审查意见书",
            PrimaryRecipient = "省住房和城乡建设厅",
            Cc = ["省人民政府办公厅", "省发展和改革委员会", "省环境保护厅"],
            Secrecy = "工作秘密",
            Urgency = "加急",
            Signer = "李某",
            IssuedOn = new DateOnly(2014, 10, 9),
            Contact = new ContactPerson("王某", "0931-0000000"),
            Attachments = ["专家意见汇总表", "审查工作底稿目录"],
        },
        Opening = "你厅《关于报请审查〈甘肃省集中供热管理办法（送审稿）〉的函》（甘建函〔2014〕85号）收悉。我办组织法律专家进行了论证，并依法进行了合法性审查。现将审查意见函告如下：",
        Submission = "2014年9月26日，你厅报送送审稿、起草说明、征求意见情况及制定依据共4份材料，经初审符合受理条件，我办于同日受理，办件编号620000-2014-0001。\n送审稿共6章42条，主要规定供热规划与建设、供热用热管理、设施保护和法律责任。",
        LegalBasis =
        [
            "《中华人民共和国立法法》第七十三条",
            "《中华人民共和国行政许可法》第十五条、第十七条",
            "《中华人民共和国行政处罚法》第十三条",
            "《规章制定程序条例》第十八条",
        ],
        Authority = new ReviewFinding("供热管理属于本省行政区域的具体行政管理事项，制定机关具有相应权限。", []),
        Procedure = new ReviewFinding(
            "送审稿已征求有关部门意见并在门户网站公开征求意见30日，基本符合规定程序。",
            [new LegalProblem("起草说明未说明听证情况，涉及供热价格的条款应当补充论证材料", "《规章制定程序条例》第十五条")]),
        Content = new ReviewFinding(
            "送审稿总体与上位法一致，以下条款需要修改：",
            [
                new LegalProblem("第八条设定“供热经营许可证”，规章无权设定该项行政许可", "《中华人民共和国行政许可法》第十七条"),
                new LegalProblem("第三十五条规定的罚款数额超过省人民代表大会常务委员会规定的限额", "《中华人民共和国行政处罚法》第十三条"),
            ]),
        Suggestions =
        [
            "删去第八条第二款，改为由供热单位向主管部门备案。",
            "第三十五条罚款上限修改为不超过规定限额，并与违法行为的事实、性质、情节相当。",
            "附则增加施行日期，自公布之日起30日后施行。",
        ],
        Risks = ["供热价格条款涉及公众切身利益，如不履行听证程序，存在被提起行政复议、行政诉讼的风险。"],
        Experts = new ExpertSummary
        {
            Asked = 5,
            For = 3,
            Against = 1,
            Abstained = 1,
            ReasonsFor = ["制定权限清楚，程序基本完备。", "主要制度有上位法依据。"],
            ReasonsAgainst = ["许可条款应当整体删除，不宜以备案代替。"],
            Dissents = ["委员𠮷某：备案如附加审查条件，实质上仍是许可，应当删除而不是修改。"],
            OfficeExplanation = "备案不附加条件，不影响供热单位经营，故采纳多数意见，并在修改建议中写明。",
        },
        ConclusionCode = "LawfulWithChanges",
        ConclusionLabel = "修改后合法",
        ConclusionNote = "请你厅按照上述意见修改后，依照程序提请省人民政府常务会议审议。未采纳的意见，请书面说明理由并反馈我办。",
    };

    public static ConsultationLetterDocument Consultation { get; } = new()
    {
        Frame = new LetterFrame
        {
            Office = Office,
            Number = "甘政法函〔2014〕9号",
            Title = "关于征求《甘肃省集中供热管理办法（送审稿）》法律意见的函",
            PrimaryRecipient = "张䶮委员",
            IssuedOn = new DateOnly(2014, 9, 28),
            Contact = new ContactPerson("王某", "0931-0000000"),
        },
        MatterNumber = "620000-2014-0001",
        MatterTitle = "甘肃省集中供热管理办法（送审稿）",
        Background = "该办法由省住房和城乡建设厅起草，拟以省政府规章形式公布。",
        Questions = ["规章能否设定供热经营许可？", "第三十五条的罚款数额是否超出权限？", "供热价格条款是否必须听证？"],
        Materials = ["送审稿", "起草说明", "制定依据汇编"],
        DueAt = new DateTimeOffset(2014, 10, 8, 18, 0, 0, China),
        HowToReply = "可以通过所附的一次性链接在线填写，也可以填写附表签名后寄回。",
    };

    public static SupplementNoticeDocument Supplement { get; } = new()
    {
        Frame = Opinion.Frame with
        {
            Number = "甘政法函〔2014〕7号",
            Title = "关于《甘肃省集中供热管理办法（送审稿）》补正材料的通知",
            Cc = [],
            Attachments = [],
            Secrecy = null,
            Urgency = null,
            IssuedOn = new DateOnly(2014, 9, 22),
        },
        MatterNumber = "620000-2014-0001",
        MatterTitle = "甘肃省集中供热管理办法（送审稿）",
        ReceivedOn = new DateOnly(2014, 9, 19),
        Missing =
        [
            new MissingItem("起草说明", "应当说明制定的必要性、主要制度和意见分歧的处理情况", "《规章制定程序条例》第十七条"),
            new MissingItem("征求意见的汇总材料", "列明每条意见及采纳情况", null),
            new MissingItem("制定依据", null, null),
        ],
        DueOn = new DateOnly(2014, 10, 10),
        Consequence = "逾期未补正的，视为撤回送审。",
    };

    public static DeclineNoticeDocument Decline { get; } = new()
    {
        Frame = Supplement.Frame with { Number = "甘政法函〔2014〕8号", Title = "关于某热力有限公司合同纠纷事项不予受理的通知", PrimaryRecipient = "兰州市人民政府法制办公室" },
        MatterNumber = "620000-2014-0002",
        MatterTitle = "关于请求审查某热力有限公司合同纠纷的请示",
        ReceivedOn = new DateOnly(2014, 9, 20),
        Reason = "该事项属于平等主体之间的民事争议，不属于涉法事务审查范围。",
        Basis = "《甘肃省人民政府涉法事务办理规则》关于受理范围的规定。",
        ProperBody = "有管辖权的人民法院或者约定的仲裁机构",
    };

    public static DispatchSheetDocument Dispatch { get; } = new()
    {
        Office = Office,
        Title = Opinion.Frame.Title,
        Number = Opinion.Frame.Number,
        PrimaryRecipient = Opinion.Frame.PrimaryRecipient,
        Cc = Opinion.Frame.Cc,
        Attachments = Opinion.Frame.Attachments,
        Secrecy = "工作秘密",
        Urgency = "加急",
        Copies = 6,
        Drafted = new HandlingStep("法律事务处", "王某", "请核。", new DateTimeOffset(2014, 10, 8, 9, 5, 0, China)),
        Verified = new HandlingStep("法律事务处", "赵某", "已核，文字作了修改。", new DateTimeOffset(2014, 10, 8, 11, 0, 0, China)),
        Countersigned =
        [
            new HandlingStep("立法处", "钱某", "同意。", new DateTimeOffset(2014, 10, 8, 15, 20, 0, China)),
            new HandlingStep("行政复议处", "孙某", "无不同意见。", new DateTimeOffset(2014, 10, 8, 16, 40, 0, China)),
        ],
        Approved = new HandlingStep(null, "周某", "拟同意，请李主任审签。", new DateTimeOffset(2014, 10, 9, 9, 0, 0, China)),
        SignedOff = new HandlingStep(null, "李某", "同意，发。", new DateTimeOffset(2014, 10, 9, 10, 30, 0, China)),
        Sealed = new HandlingStep("文书室", "吴某", null, new DateTimeOffset(2014, 10, 9, 14, 0, 0, China)),
        IssuedOn = new DateOnly(2014, 10, 9),
    };

    public static MeetingMinutesDocument Minutes { get; } = new()
    {
        Office = Office,
        Mark = "法律专家论证会纪要",
        Number = "〔2014〕3号",
        Title = "甘肃省集中供热管理办法（送审稿）",
        MatterNumber = "620000-2014-0001",
        HeldAt = new DateTimeOffset(2014, 9, 30, 9, 0, 0, China),
        Place = "省政府综合楼三楼会议室",
        Chair = "李某",
        Subject = "规章能否设定供热经营许可，罚款数额是否超出权限。",
        Present = ["张䶮（兰州大学）", "陈某（甘肃政法学院）", "刘某（甘肃某律师事务所）", "𠮷某（省法学会）", "杨某（西北师范大学）"],
        Excused = ["何某"],
        Observers = ["省住房和城乡建设厅法规处马某", "省环境保护厅法规处郭某"],
        Views =
        [
            new MeetingView("张䶮", "规章无权设定该项许可，应当改为备案。"),
            new MeetingView("𠮷某", "备案如附加条件，实质上仍是许可。"),
        ],
        Vote = new MeetingVote(4, 1, 0),
        Conclusion = "多数意见认为，送审稿修改后合法。",
        Dissents = [new MeetingView("𠮷某", "应当删除许可条款，而不是改为备案。")],
        IssuedOn = new DateOnly(2014, 10, 8),
        Cc = ["省人民政府办公厅"],
    };
}
