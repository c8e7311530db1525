using System.Text;
using System.Text.RegularExpressions;
using ExpertPanel.Tests.Workflows.Draw.Reference;

namespace ExpertPanel.BrowserTests;

/// <summary>Transcripts whose input has a fault of each kind, or looks as if it had one: what the contract leaves to whoever reads.</summary>
internal static class FaultyTranscripts
{
    private static readonly string[] Moments =
    [
        "2014-09-26", "2014-09-26T09:00:00", "2014-09-26T09:00+08", "2014-09-26T09+08:00", "2014-09-26T24:00:00Z", "2014-09-26T09:60:00Z", "2014-09-26T09:00:60Z",
        "2014-09-26T09:00:00.Z", "2014-09-26T09:00:00.1234567890123456Z", "2014-09-26T09:00:00.12345678901234567Z", "2014-09-26T09:00:00-00:00", "2014-09-26T09:00:00+14:00",
        "2014-09-26T09:00:00+14:01", "2014-09-26T09:00:00+15:00", "2014-09-26T09:00:00+0800", "2014-09-26t09:00:00Z", "2014-09-26T09:00:00z", "2014-02-29T09:00:00Z",
        "0001-01-01T00:00:00+08:00", "0001-01-01T08:00:00+08:00", "9999-12-31T23:59:59-08:00", "0000-01-01T00:00:00Z", " 2014-09-26T09:00:00Z", "2014-09-26T09:00:00+08:60", "2014-09-26T09:00:00,5Z", "2014-13-01T00:00:00Z",
    ];

    private static readonly (string Pattern, string By)[] Faults =
    [
        ("\"termTo\":\"[^\"]*\"", "\"termTo\":\"2018-02-29\""), ("\"termTo\":\"[^\"]*\"", "\"termTo\":\"2000-02-29\""), ("\"termTo\":\"[^\"]*\"", "\"termTo\":\"1900-02-29\""),
        ("\"termTo\":\"[^\"]*\"", "\"termTo\":\"2018-1-31\""), ("\"termFrom\":\"[^\"]*\"", "\"termFrom\":\"0000-01-01\""), ("\"termFrom\":\"[^\"]*\"", "\"termFrom\":20140101"),
        ("\"onLeave\":\\w+", "\"onLeave\":0"), ("\"onLeave\":\\w+", "\"onLeave\":null"), ("\"openReviews\":\\d+", "\"openReviews\":-1"), ("\"openReviews\":\\d+", "\"openReviews\":2147483648"),
        ("\"openReviews\":\\d+", "\"openReviews\":1.5"), ("\"openReviews\":\\d+", "\"openReviews\":-0"), ("\"openReviews\":\\d+", "\"openReviews\":1e400"), ("\"recentReviews\":\\d+,", ""),
        ("\"maxPerEmployer\":\\d+", "\"maxPerEmployer\":0"), ("\"maxPerEmployer\":\\d+", "\"maxPerEmployer\":2147483647"), ("\"ticketsByRecentReviews\":[^\\]]*\\]", "\"ticketsByRecentReviews\":[]"),
        ("\"ticketsByRecentReviews\":[^\\]]*\\]", "\"ticketsByRecentReviews\":[10001,\"1\",0,1]"), ("\"specialties\":[^\\]]*\\]", "\"specialties\":[\"\",7,\"\\u3000\",\"\\ufeff\"]"),
        ("\"name\":\"[^\"]*\"", "\"name\":\"\\u0085\\u00a0\\u2028\""), ("\"name\":\"[^\"]*\"", "\"name\":\"\\u001c\""), ("\"name\":\"[^\"]*\"", "\"name\":\"\\ud800x\""), ("\"name\":\"[^\"]*\"", "\"name\":\"\\udc00\\ud800\""),
        ("\"name\":\"[^\"]*\"", "\"name\":\"x\",\"name\":\"y\""), ("\"name\":", "\"na\\u006de\":"), ("\"name\":", "\"\\ud800\":0,\"name\":"), ("\"name\":", "\"😀 \\\"\\n\\u2028\":1e999,\"name\":"), ("\"name\":", "\"第一_-é\":1e999,\"name\":"),
        ("\"secret\":\"[^\"]*\"", "\"secret\":\"00\""), ("\"secret\":\"[^\"]*\"", "\"secret\":\"" + new string('F', 64) + "\""), ("\"secret\":\"[^\"]*\"", "\"secret\":\"" + new string('g', 64) + "\""), ("\"value\":\"[^\"]*\"", "\"value\":\"\""), ("\"value\":\"[^\"]*\"", "\"value\":\"abc\""), ("\"value\":\"[^\"]*\"", "\"value\":\"AB\""),
        ("\"value\":\"[^\"]*\"", "\"value\":\"ab\",\"note\":1,\"é x\":2"), ("\"kind\":\"[^\"]*\"", "\"kind\":\"dice\""), ("\"kind\":\"[^\"]*\"", "\"kind\":\" \""), ("\"beaconNamed\":\\{[^}]*\\}", "\"beaconNamed\":null"), ("\"beaconNamed\":\\{[^}]*\\}", "\"beaconNamed\":{}"),
        ("\"beaconNamed\":\\{\"kind\":\"[^\"]*\",\"source\":", "\"beaconNamed\":{\"kind\":\"drand\",\"source\":\"x\",\"was\":"), ("\"beacon\":\\{[^}]*\\}", "\"beacon\":[]"), ("\"beacon\":\\{[^}]*\\}", "\"b\":0"),
        ("expertpanel.draw-input/1", "expertpanel.draw-input/2"), ("\"seats\":\\[.*?\\}\\]", "\"seats\":[]"), ("\"seats\":\\[", "\"seats\":[7,"), ("\"pool\":\\[", "\"pool\":[null,"), ("\"pool\":\\[", "\"pool\":{},\"was\":["), ("\"matter\":\\{", "\"matter\":[],\"was\":{"), ("\"rules\":\\{", "\"rules\":1,\"was\":{"),
        ("\"id\":\"E0001\"", "\"id\":\"E0002\""), ("\"schema\": \"expertpanel.draw/1\"", "\"schema\": 1"), ("\"schema\": \"expertpanel.draw/1\"", "\"Schema\": \"x\""), ("\"input\": ", "\"Input\": "), ("\"tickets\": (\\d+)", "\"tickets\": $1.0"), ("\"tickets\": (\\d+)", "\"tickets\": $1.0000000000000000001"), ("\"tickets\": ", "\"ticket\": "),
        ("\"matter\":", "\"deep\":" + new string('[', 62) + new string(']', 62) + ",\"matter\":"), ("\"matter\":", "\"deep\":" + new string('[', 63) + new string(']', 63) + ",\"matter\":"), ("\"outcome\"", "\"order\":[],\"outcome\""), ("\"seed\": \"", "\"seed\": \"\\u0030"), ("\"alternates\": \\[", "\"alternates\": [{},"), ("\"panel\": \\[", "\"panel\": [1,"),
        ("\"now\"", "\"a\":[1,2 3],\"now\""), ("\"now\"", "\"a\":[1,02],\"now\""), ("\"now\"", "\"a\":[1,-],\"now\""), ("\"now\"", "\"a\":[1,2.],\"now\""), ("\"now\"", "\"a\":[tru],\"now\""), ("\"now\"", "\"a\":[nullx],\"now\""), ("\"now\"", "\"a\":[1,],\"now\""), ("\"now\"", "\"a\":[\"\\x\"],\"now\""), ("\"now\"", "\"a\":[\"\\u12\"],\"now\""), ("\"now\"", "\"a\":{\"b\" 1},\"now\""), ("\"now\"", "\"a\":[1/2],\"now\""), ("\"now\"", "\"a\":[\"x\ty\"],\"now\""), ("\"now\"", "a:1,\"now\""), ("\"now\"", ",\"now\""),
    ];

    public static IEnumerable<string> All()
    {
        var transcript = Encoding.UTF8.GetString(ReferenceDraws.Transcript(22, experts: 5, named: true));
        foreach (var (pattern, by) in Moments.Select(moment => ("\"now\":\"[^\"]*\"", $"\"now\":\"{moment}\"")).Concat(Faults))
        {
            var expression = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
            yield return expression.IsMatch(transcript) ? expression.Replace(transcript, by, 1) : throw new InvalidOperationException($"Nothing in the transcript is like {pattern}.");
        }

        foreach (var text in new[] { "", " ", "[]", "7", "null", "{}", transcript + "x", transcript + "  ", transcript[..^10], "{\"input\":7}", "{\"input\":null}", "{\"input\":{},\"input\":{}}", "\uFEFF" + transcript })
            yield return text;
    }
}
