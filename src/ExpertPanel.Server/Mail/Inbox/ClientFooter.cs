using System.Text.RegularExpressions;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>Lines a mail program signs with. A person's signature is part of the opinion and is none of these.</summary>
internal static class ClientFooter
{
    private const int MaxLength = 120;

    private const string Devices =
        "iphone|ipad|ipod|mac|macbook|手机|手機|平板|平板电脑|智能手机|智慧型手機|移动设备|行動裝置|电脑|华为|荣耀|小米|红米|三星|魅族|一加|huawei|honor|xiaomi|redmi|mi|oppo|vivo|iqoo|realme|oneplus|meizu|samsung|galaxy|android|安卓|企业微信|企業微信|钉钉|飞书|邮箱";

    private const string Clients =
        @"foxmail|qq\s*邮箱|qqmail|qq|网易邮箱|网易邮箱大师|网易灵犀办公|163邮箱|126邮箱|139邮箱|189邮箱|21cn邮箱|新浪邮箱|搜狐邮箱|搜狐闪电邮箱|阿里邮箱|阿里云邮箱|钉钉邮箱|钉钉|企业微信|企业微信邮箱|腾讯企业邮箱?|企业邮箱|coremail|论客|outlook|windows\s*(10|11)?|邮件|邮件应用|电子邮件|华为邮箱|华为邮件|小米邮件|小米邮箱|飞书邮箱|飞书|yahoo\s*(奇摩)?|yahoo\s*mail|thunderbird|gmail";

    /// <summary>What may stand around a client's name. A word more, and it is somebody's sentence.</summary>
    private const string Forms =
        @"(\s|的|版|for|on|適用於|适用于|专属商务邮箱|手机|移动|客户端|网页|智能|触屏|极速|企业|app|应用|邮箱|邮件|电子邮件|行動|iphone|ipad|ios|android|安卓|windows|mac|智能手机|手机版|手机客户端|手机智能版|\d|\.)*";

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex[] Lines =
    [
        new($@"^(发自|发送自|發自|來自|来自|寄自|傳送自)\s*我的\s*([a-z0-9\s]|{Devices})*({Devices})([a-z0-9\s.+-]|{Devices}|{Clients}|版)*$", Linear),
        new($@"^(从|從)\s*我?的?\s*([a-z0-9\s]|{Devices})*({Devices})([a-z0-9\s]|{Devices})*(发送|傳送|寄出|发出)。?$", Linear),
        new($@"^(发自|发送自|發自|來自|来自|由|傳送自)\s*{Forms}({Clients}|vivo|oppo|小米手机|华为手机){Forms}(发送|傳送)?$", Linear),
        new($@"^(从|從|通过|使用)\s*{Forms}({Clients}){Forms}(发送|傳送|寄出)。?$", Linear),
        new(@"^(本邮件|此邮件)?(签名)?由\s*网易邮箱大师\s*(定制|发送)$", Linear),
        new(@"^(获取|下载|取得)\s*(适用于\s*)?(ios|android|iphone)?\s*(版|的)?\s*(outlook).{0,60}$", Linear),
        new(@"^(sent|send) from (my )?((verizon|t-mobile|at&t|lg|nokia|mi|the all new)[\s,]+)*(iphone|ipad|ipod|mac|samsung|galaxy|huawei|honor|xiaomi|redmi|oppo|vivo|oneplus|pixel|android|phone|mobile|smartphone|windows phone|blackberry|tablet)(\s[a-z0-9+-]{1,20}){0,6}\.?$", Linear),
        new(@"^(sent|send) (from|with|via|using) (the )?(mail for|outlook|windows mail|yahoo|foxmail|proton|qq ?mail|netease|mailmaster|gmail|aol|spark|airmail|thunderbird|coremail|dingtalk|wecom|mail\.com).{0,80}$", Linear),
        new(@"^get\s*outlook for.{0,60}$", Linear),
        new(@"^(virus-free|无病毒|不含病毒|此邮件不含病毒|本邮件不含病毒)[.。]?\s*(www\.)?(avast|avg).{0,40}$", Linear),
    ];

    public static bool Is(string line)
    {
        var bare = line.Trim().Trim('*', '_', '-', '—', '<', '>', '|', '[', ']', '(', ')', '（', '）', '【', '】', ' ', '\u00A0', '\uFEFF');
        return bare.Length is > 0 and <= MaxLength && Array.Exists(Lines, pattern => pattern.IsMatch(bare));
    }
}
