namespace ExpertPanel.Workflows.Conflicts;

/// <summary>
/// Place names as they stand in names of organisations: <c>甘肃省</c> and <c>甘肃</c> are one place. All provinces, their capitals, and
/// Gansu's prefectures and counties (2023 list of the statistics bureau; 华亭县 and the two special areas beside it).
/// </summary>
internal static class PlaceNames
{
    private const string Provinces =
        "北京市 天津市 上海市 重庆市 河北省 山西省 辽宁省 吉林省 黑龙江省 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 湖南省 广东省 海南省 " +
        "四川省 贵州省 云南省 陕西省 甘肃省 青海省 台湾省 内蒙古自治区 广西壮族自治区=广西 西藏自治区 宁夏回族自治区=宁夏 新疆维吾尔自治区=新疆 " +
        "香港特别行政区=香港 澳门特别行政区=澳门";

    private const string Capitals =
        "石家庄市 太原市 沈阳市 长春市 哈尔滨市 南京市 杭州市 合肥市 福州市 南昌市 济南市 郑州市 武汉市 长沙市 广州市 海口市 成都市 贵阳市 昆明市 西安市 " +
        "西宁市 呼和浩特市 南宁市 拉萨市 银川市 乌鲁木齐市 深圳市 大连市 青岛市 宁波市 厦门市 苏州市";

    private const string Gansu =
        "兰州市 嘉峪关市 金昌市 白银市 天水市 武威市 张掖市 平凉市 酒泉市 庆阳市 定西市 陇南市 临夏回族自治州=临夏 临夏州=临夏 甘南藏族自治州=甘南 甘南州=甘南 " +
        "城关区 七里河区 西固区 安宁区 红古区 永登县 皋兰县 榆中县 金川区 永昌县 白银区 平川区 靖远县 会宁县 景泰县 秦州区 麦积区 清水县 秦安县 甘谷县 武山县 " +
        "张家川回族自治县=张家川 凉州区 民勤县 古浪县 天祝藏族自治县=天祝 甘州区 肃南裕固族自治县=肃南 民乐县 临泽县 高台县 山丹县 崆峒区 泾川县 灵台县 崇信县 " +
        "庄浪县 静宁县 华亭市 华亭县 肃州区 金塔县 瓜州县 肃北蒙古族自治县=肃北 阿克塞哈萨克族自治县=阿克塞 玉门市 敦煌市 西峰区 庆城县 环县 华池县 合水县 正宁县 " +
        "宁县 镇原县 安定区 通渭县 陇西县 渭源县 临洮县 漳县 岷县 武都区 成县 文县 宕昌县 康县 西和县 礼县 徽县 两当县 临夏市 临夏县 康乐县 永靖县 广河县 和政县 " +
        "东乡族自治县=东乡 积石山保安族东乡族撒拉族自治县=积石山 合作市 临潭县 卓尼县 舟曲县 迭部县 玛曲县 碌曲县 夏河县 兰州新区=兰州新区 甘肃矿区=甘肃矿区";

    /// <summary>Every writing, long or short, with the one place that it means.</summary>
    private static readonly Dictionary<string, string> Known = Read();

    private static readonly int Longest = Known.Keys.Max(k => k.Length);

    /// <summary>The longest place name that <paramref name="text"/> begins with.</summary>
    public static (string Place, int Length)? AtStart(ReadOnlySpan<char> text)
    {
        var names = Known.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(Longest, text.Length); length >= 2; length--)
            if (names.TryGetValue(text[..length], out var place)) return (place, length);
        return null;
    }

    /// <summary>The longest place name that <paramref name="text"/> ends with.</summary>
    public static (string Place, int Length)? AtEnd(ReadOnlySpan<char> text)
    {
        var names = Known.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(Longest, text.Length); length >= 2; length--)
            if (names.TryGetValue(text[^length..], out var place)) return (place, length);
        return null;
    }

    private static Dictionary<string, string> Read()
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in $"{Provinces} {Capitals} {Gansu}".Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (full, named) = entry.Split('=') is [var f, var s] ? (f, s) : (entry, null);
            var place = named ?? Short(full);
            known[full] = place;
            known[place] = place;
        }

        return known;
    }

    /// <summary>兰州市 is called 兰州, but 岷县 is never called 岷.</summary>
    private static string Short(string full)
    {
        if (full.EndsWith("自治区", StringComparison.Ordinal)) return full[..^3];
        return full.Length > 2 ? full[..^1] : full;
    }
}
