namespace ExpertPanel.Tests.Workflows.Conflicts;

/// <summary>Bodies and persons with names such as Gansu's have, all made up, and the ways in which people write one of them.</summary>
internal sealed class MadeUpNames(int seed)
{
    private const string BrandLetters = "正天合金陇原恒亚德兴昶泰睿诚法达勇盛玉榕赛莱明域经纬衡信立仁和弘道安平祥瑞华泽润丰源通汇嘉锦凯博文渊铭志远鼎坤乾元亨利贞";
    private const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段";
    private const string Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英建国玉兰文斌志海红梅春晓东雪峰宇浩然婷欣怡子轩雨晨思远佳琪俊楠博文景行若曦";

    private static readonly string[] Prefectures = ["兰州", "天水", "白银", "金昌", "武威", "张掖", "平凉", "酒泉", "庆阳", "定西", "陇南", "嘉峪关"];
    private static readonly string[] Counties = ["城关区", "秦州区", "凉州区", "甘州区", "崆峒区", "敦煌市", "榆中县", "临洮县", "民勤县", "岷县", "成县", "靖远县"];
    private static readonly string[] Trades = ["建筑工程", "房地产开发", "矿业", "商贸", "农业科技", "新能源", "热力", "水务", "交通建设", "医药", "信息技术", "文化旅游", "物流", "化工", "食品", "路桥", "环保科技", "投资", "物业管理", "种业"];
    private static readonly string[] Universities = ["兰州大学", "西北师范大学", "甘肃政法大学", "兰州理工大学", "兰州交通大学", "兰州财经大学", "甘肃农业大学", "西北民族大学", "天水师范学院", "河西学院", "陇东学院", "甘肃中医药大学"];
    private static readonly string[] Schools = ["法学院", "经济管理学院", "马克思主义学院", "法律系", "法学研究所"];

    private static readonly (string Long, string Short)[] Departments =
    [
        ("发展和改革委员会", "发改委"), ("教育厅", "教育厅"), ("财政厅", "财政厅"), ("人力资源和社会保障厅", "人社厅"), ("环境保护厅", "环保厅"), ("住房和城乡建设厅", "住建厅"),
        ("交通运输厅", "交通厅"), ("水利厅", "水利厅"), ("民政厅", "民政厅"), ("公安厅", "公安厅"), ("国土资源厅", "国土厅"), ("工业和信息化委员会", "工信委"),
        ("国有资产监督管理委员会", "国资委"), ("食品药品监督管理局", "食药监局"), ("卫生和计划生育委员会", "卫计委"), ("科学技术厅", "科技厅"), ("审计厅", "审计厅"), ("商务厅", "商务厅"),
        ("扶贫开发办公室", "扶贫办"), ("安全生产监督管理局", "安监局"), ("林业厅", "林业厅"), ("统计局", "统计局"),
    ];

    private readonly SeededNumbers chance = new(seed);

    public int Below(int most) => chance.Next(most);

    public T Any<T>(IReadOnlyList<T> of) => of[chance.Next(of.Count)];

    public string Brand(int length = 0)
    {
        var letters = new char[length > 0 ? length : chance.Next(3) == 0 ? 3 : 2];
        for (var i = 0; i < letters.Length; i++) letters[i] = BrandLetters[chance.Next(BrandLetters.Length)];
        return new(letters);
    }

    public string Person()
    {
        var name = Surnames[chance.Next(Surnames.Length)].ToString() + Given[chance.Next(Given.Length)];
        return chance.Next(5) == 0 ? name : name + Given[chance.Next(Given.Length)];
    }

    public Body Firm() => new(BodyKind.Firm, chance.Next(6) == 0 ? "北京" : "甘肃", Brand(), "");

    public Body Company() => new(BodyKind.Company, chance.Next(3) == 0 ? "甘肃" : Any(Prefectures), Brand(), Any(Trades));

    public Body Department()
    {
        var (full, brief) = Any(Departments);
        return new(BodyKind.Department, chance.Next(2) == 0 ? "甘肃省" : Any(Prefectures) + "市", brief, full);
    }

    public Body University() => new(BodyKind.University, "", Any(Universities), "");

    public Body Court() => new(BodyKind.Court, chance.Next(2) == 0 ? Any(Prefectures) + "市" : Any(Counties), chance.Next(2) == 0 ? "人民检察院" : "人民法院", "");

    public Body Any() => chance.Next(10) switch
    {
        < 3 => Firm(),
        < 6 => Company(),
        < 8 => Department(),
        8 => University(),
        _ => Court(),
    };

    public string Branch(Body body)
    {
        var place = Any(Prefectures);
        return body.Kind switch
        {
            BodyKind.Firm => chance.Next(5) switch
            {
                0 => $"{body.Name}{place}分所",
                1 => $"{body.Name}（{place}）",
                2 => $"{body.Place}{body.Brand}（{place}）律师事务所",
                3 => $"{body.Place}{body.Brand}({place})律师事务所",
                _ => $"{body.Name}（{place}分所）",
            },
            BodyKind.Company => chance.Next(3) switch
            {
                0 => $"{body.Name}{place}分公司",
                1 => $"{body.Name}（{place}分公司）",
                _ => $"{body.Name}{Any(Counties)}分公司",
            },
            BodyKind.Department => $"{body.Name}{Any(["法规处", "政策法规处", "办公室", "法规科", "机关党委办公室"])}",
            BodyKind.University => body.Name + Any(Schools),
            _ => $"{body.Name}{Any(["民一庭", "行政庭", "研究室", "办公室"])}",
        };
    }

    /// <summary>The same body, with its place or its legal form written another way, or as everybody calls it.</summary>
    public string Rewritten(Body body) => body.Kind switch
    {
        BodyKind.Firm => chance.Next(6) switch
        {
            0 => $"{body.Brand}律师事务所（{body.Place}）",
            1 => $"{body.Place}{(body.Place == "北京" ? "市" : "省")}{body.Brand}律师事务所",
            2 => $"{body.Place}{body.Brand}律所",
            3 => $"（{body.Place}）{body.Brand}律师事务所",
            4 => $"{body.Brand}{body.Place}律师事务所",
            _ => $"{body.Brand}律师事务所",
        },
        BodyKind.Company => chance.Next(5) switch
        {
            0 => $"{body.Brand}{body.Trade}（{body.Place}）有限公司",
            1 => $"{body.Place}{(body.Place == "甘肃" ? "省" : "市")}{body.Brand}{body.Trade}有限责任公司",
            2 => $"{body.Place}{body.Brand}{body.Trade}有限责任公司",
            3 => $"{body.Place}{body.Brand}{body.Trade}股份有限公司",
            _ => $"{body.Place}{body.Brand}{body.Trade}集团有限公司",
        },
        BodyKind.Department => chance.Next(3) switch
        {
            0 => body.Place + body.Brand,
            1 when body.Place == "甘肃省" => "省" + body.Brand,
            _ => body.Place.EndsWith('市') ? $"甘肃省{body.Name}" : $"甘肃省人民政府{body.Trade}",
        },
        BodyKind.University => $"{body.Name}（退休）",
        _ => body.Name.Replace("人民检察院", "检察院", StringComparison.Ordinal).Replace("人民法院", "法院", StringComparison.Ordinal),
    };

    /// <summary>The same letters in other widths, with spaces and invisible ones among them.</summary>
    public string Spaced(string name)
    {
        var letters = name.Select(c => c is '（' ? '(' : c is '）' ? ')' : c).Select(c => chance.Next(4) == 0 ? $"{c}{Any([" ", "\u3000", "\u00A0", "\u200B", "\t"])}" : $"{c}");
        return Any(["", " ", "\u3000"]) + string.Concat(letters);
    }

    public string FullWidth(string name) => string.Concat(name.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c));
}

internal enum BodyKind
{
    Firm,
    Company,
    Department,
    University,
    Court,
}

internal sealed record Body(BodyKind Kind, string Place, string Brand, string Trade)
{
    public string Name => Kind switch
    {
        BodyKind.Firm => $"{Place}{Brand}律师事务所",
        BodyKind.Company => $"{Place}{Brand}{Trade}有限公司",
        BodyKind.Department => Place + (Place == "甘肃省" ? Trade : Trade.Replace('厅', '局')),
        _ => Place + Brand,
    };
}

/// <summary>SplitMix64: the same seed gives the same names on every machine and version.</summary>
internal sealed class SeededNumbers(int seed)
{
    private ulong state = (ulong)seed;

    public int Next(int most)
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)most);
    }
}
