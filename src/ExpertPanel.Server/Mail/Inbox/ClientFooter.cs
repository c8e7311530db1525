using System.Text.RegularExpressions;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>Lines a mail program signs with. A person's signature is part of the opinion and is none of these.</summary>
internal static class ClientFooter
{
    private const int MaxLength = 120;

    private const string Devices = "iphone|ipad|ipod|手机|手機|平板|华为|荣耀|小米|红米|三星|魅族|huawei|honor|xiaomi|oppo|vivo|oneplus|samsung|galaxy|android|安卓|移动设备|mac|电脑";

    private const string Clients =
        "foxmail|qq邮箱|qq 邮箱|网易邮箱|网易邮箱大师|网易灵犀办公|163邮箱|126邮箱|139邮箱|189邮箱|新浪邮箱|搜狐邮箱|阿里邮箱|钉钉|企业微信|企业邮箱|coremail|outlook|windows|邮件|电子邮件|手机邮箱|yahoo";

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex[] Lines =
    [
        new($@"^(发自|发送自|發自|來自|来自|寄自|從|从)\s*我的\s*.{{0,12}}({Devices}).{{0,20}}$", Linear),
        new($@"^(发自|发送自|發自|来自|來自|通过|使用|从|從)\s*(适用于\s*)?.{{0,16}}({Clients}).{{0,20}}$", Linear),
        new(@"^签名由\s*网易邮箱大师\s*定制$", Linear),
        new(@"^(sent|send) from (my|mail for|mail on|outlook|yahoo|foxmail|samsung|huawei|proton|qq ?mail|netease).{0,80}$", Linear),
        new(@"^(get|获取|下载)\s*(outlook for|适用于|outlook).{0,80}$", Linear),
        new(@"^(获取|下载)\s*.{0,16}outlook.{0,60}$", Linear),
    ];

    public static bool Is(string line)
    {
        var bare = line.Trim().Trim('*', '_', '-', '—', '<', '>', '|', '[', ']', ' ', '\u00A0');
        return bare.Length is > 0 and <= MaxLength && !EndsLikeSentence(bare) && Array.Exists(Lines, pattern => pattern.IsMatch(bare));
    }

    /// <summary>"来自企业邮箱的证据不足。" is the expert speaking.</summary>
    private static bool EndsLikeSentence(string line) => line[^1] is '。' or '；' or '：' or '，' or '！' or '？' or '.' or ';' or ':' or ',' or '!' or '?';
}
