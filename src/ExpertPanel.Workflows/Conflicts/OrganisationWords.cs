namespace ExpertPanel.Workflows.Conflicts;

/// <summary>The grammar of Chinese organisations' names: legal forms, kinds, inner divisions, branches, and the usual short forms of departments.</summary>
internal static class OrganisationWords
{
    /// <summary>Where the name of the body itself ends; what follows is a branch, a division, a legal form or a body of its own. Longest first.</summary>
    public static readonly (string Word, OrganisationKind Kind)[] Endings =
    [
        .. new (string Word, OrganisationKind Kind)[]
        {
            ("律师事务所", OrganisationKind.LawFirm),
            ("会计师事务所", OrganisationKind.Company), ("有限责任公司", OrganisationKind.Company), ("股份有限公司", OrganisationKind.Company),
            ("有限公司", OrganisationKind.Company), ("集团公司", OrganisationKind.Company), ("总公司", OrganisationKind.Company),
            ("公司", OrganisationKind.Company), ("集团", OrganisationKind.Company), ("企业", OrganisationKind.Company),
            ("人民法院", OrganisationKind.Institution), ("人民检察院", OrganisationKind.Institution), ("检察院", OrganisationKind.Institution),
            ("法院", OrganisationKind.Institution), ("大学", OrganisationKind.Institution), ("学院", OrganisationKind.Institution),
            ("银行", OrganisationKind.Institution), ("医院", OrganisationKind.Institution), ("科学院", OrganisationKind.Institution),
            ("研究院", OrganisationKind.Institution), ("公证处", OrganisationKind.Institution), ("党校", OrganisationKind.Institution),
            ("协会", OrganisationKind.Institution), ("学会", OrganisationKind.Institution), ("中心", OrganisationKind.Institution),
            ("人民政府", OrganisationKind.Government), ("委员会", OrganisationKind.Government), ("办公厅", OrganisationKind.Government),
            ("办公室", OrganisationKind.Government), ("厅", OrganisationKind.Government), ("局", OrganisationKind.Government),
        }.OrderByDescending(e => e.Word.Length),
    ];

    /// <summary>Legal forms, longest first: 有限公司 and 有限责任公司 are one form of one name.</summary>
    public static readonly string[] Forms =
    [
        .. new[]
        {
            "控股集团股份有限公司", "控股集团有限责任公司", "控股集团有限公司", "集团股份有限公司", "集团有限责任公司", "集团有限公司", "集团总公司", "集团公司", "集团",
            "股份有限公司", "有限责任公司", "有限公司", "控股有限公司", "控股公司", "总公司", "公司", "企业", "控股",
        }.OrderByDescending(f => f.Length),
    ];

    public static readonly string[] Branches = ["分所", "分公司", "分行", "支行", "分局", "分院", "分校", "分部", "分社", "分处", "分中心", "办事处", "代表处", "分理处", "营业部"];

    public static readonly string[] Divisions =
        ["学院", "学系", "系", "部", "处", "室", "科", "股", "所", "中心", "研究院", "教研部", "编辑部", "办公厅", "总队", "支队", "大队", "庭", "组", "工会", "图书馆"];

    /// <summary>Of a government's body only these are within it; its 中心 and 院 are bodies of their own.</summary>
    public static readonly string[] OfficialDivisions = ["处", "室", "科", "股", "部", "组", "总队", "支队", "大队", "办公厅"];

    /// <summary>What is said of the person, not of the organisation.</summary>
    public static readonly string[] Standings = ["离退休", "已退休", "退休", "离休", "兼职", "特聘", "返聘", "挂职", "在职", "名誉", "筹建", "筹"];

    /// <summary>Marks of a former or other name inside brackets.</summary>
    public static readonly string[] OtherNameMarks = ["曾用名", "更名前", "前身为", "前身", "又名", "简称", "现为", "现名", "原名", "原", "现"];

    public static readonly (string Short, string Long)[] Spellings =
    [
        ("律师行", "律师事务所"), ("律师所", "律师事务所"), ("常委会", "常务委员会"), ("管委会", "管理委员会"),
        ("中院", "中级人民法院"), ("高院", "高级人民法院"), ("社科院", "社会科学院"), ("师大", "师范大学"),
        ("发改委", "发改委员会"), ("改革委", "改革委员会"), ("国资委", "国资委员会"), ("卫健委", "卫健委员会"), ("卫计委", "卫计委员会"), ("工信委", "工信委员会"),
        ("监管委", "监管委员会"), ("法工委", "法制工作委员会"), ("仲裁委", "仲裁委员会"),
    ];

    /// <summary>A person's title after the name of the firm.</summary>
    public static readonly string[] Titles = ["高级合伙人", "合伙人", "实习律师", "律师", "主任", "副主任", "教授", "副教授", "职员", "员工", "法官", "检察官", "女士", "先生"];

    /// <summary>Kin, as written before a name.</summary>
    public static readonly string[] Kin = ["配偶", "丈夫", "妻子", "父亲", "母亲", "儿子", "女儿", "哥哥", "弟弟", "姐姐", "妹妹", "岳父", "岳母", "公公", "婆婆", "女婿", "儿媳", "亲属"];

    /// <summary>Departments by their long names, and the short ones that everybody writes. General usage of government offices, not taken from a document.</summary>
    public static readonly (string Long, string Short)[] Departments =
    [
        .. new (string Long, string Short)[]
        {
            ("发展和改革", "发改"), ("发展改革", "发改"), ("人力资源和社会保障", "人社"), ("人力资源社会保障", "人社"), ("住房和城乡建设", "住建"), ("住房城乡建设", "住建"),
            ("环境保护", "环保"), ("国土资源", "国土"), ("工业和信息化", "工信"), ("卫生和计划生育", "卫计"), ("卫生计生", "卫计"), ("卫生健康", "卫健"),
            ("食品药品监督管理", "食药监"), ("食品药品监管", "食药监"), ("市场监督管理", "市场监管"), ("国有资产监督管理", "国资"), ("安全生产监督管理", "安监"),
            ("质量技术监督", "质监"), ("工商行政管理", "工商"), ("交通运输", "交通"), ("文化和旅游", "文旅"), ("应急管理", "应急"), ("林业和草原", "林草"),
            ("粮食和物资储备", "粮储"), ("医疗保障", "医保"), ("扶贫开发", "扶贫"), ("退役军人事务", "退役军人"), ("广播电视", "广电"), ("机关事务管理", "机关事务"),
            ("科学技术", "科技"), ("国家税务", "税务"), ("地方税务", "地税"), ("农业农村", "农业农村"), ("农牧业", "农牧"),
        }.OrderByDescending(d => d.Long.Length),
    ];

    /// <summary>Serial numbers belong to the name: 示例律师事务所01 and 示例律师事务所02 are two firms.</summary>
    public const string Numerals = "0123456789一二三四五六七八九十百";

    /// <summary>Characters in which two different bodies of one kind usually differ; a slip of the pen is not suspected there.</summary>
    public const string Distinguishing = Numerals + "甲乙丙丁东西南北中上下左右大小新老男女前后";
}

internal enum OrganisationKind
{
    /// <summary>No word of an organisation: a short form, a person, or something not foreseen.</summary>
    Unknown,
    LawFirm,
    Company,
    Government,
    Institution,
}
