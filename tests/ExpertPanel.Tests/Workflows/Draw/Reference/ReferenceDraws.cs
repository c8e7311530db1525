using System.Globalization;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw.Reference;

/// <summary>
/// Generated draws, the same ones every time: pools of none to 370 and once 1,500, one seat to 64, panels that cannot be filled,
/// names that are the same but for their writing, ids beyond the basic plane, numbers in every writing JSON allows.
/// </summary>
internal static class ReferenceDraws
{
    private static readonly string[] Specialties = ["administrative", "environment", "land", "labour", "civil", "知识产权"];

    private static readonly string[] Organisations =
    [
        "省环保厅", "省 环 保 厅", "\u200B省环保厅", "ＡＢＣ（兰州）律师事务所", "ABC(兰州) 律师事务所", "阿卜杜拉・买买提律师事务所", "阿卜杜拉·买买提律师事务所",
        "㈱西北咨询", "(株)西北咨询", "ﬁrm Ⅳ", "firm IV", "e\u0301cole", "\u00E9cole", "ｶﾞ社", "ガ社", "①号院", "1号院", "𠮷野律师事务所", "厅\uFFFE", "第一大学", "第二大学",
        "第三大学", "第四大学", "\u1112\u1161\u11AB국", "한국", "ǅ厅", "Dž厅", "a\u0323\u0307", "a\u0307\u0323", "O’Neil & \"Co\"\\", "兰州\u3000大学", "兰州大学\uFEFF",
    ];

    private static readonly string[] People = ["王某", "王　某", "李\u00A0四", "赵・六", "赵·六", "ｚhou", "zhou", "\t钱某", "孙\u2028某", "😀某"];

    private static readonly string[] Moments = ["2014-09-26T09:00:00+08:00", "2014-09-26T23:30:00.1234567+08:00", "2014-12-31T16:00Z", "2016-02-29T00:00:00-03:30", "2014-09-26T09:00:00+08"];

    private static readonly string[] OddValues = ["1e21", "-0.0", "5e-324", "0.1", "123456789012345678", "1e-7", "333333333.3333333", "1.7976931348623157e308", "null", "true", "[]", "{}", "\" \\/\\u20ac\"", "[{\"\\ud83d\\ude02\":[1.50,{}]}]"];

    private static readonly string[] OddNames = ["extra", "€", "\r", "דּ", "😂", "1", "", "a b", "\"", "Beacon"];

    /// <summary>The transcript's bytes of the draw with this number.</summary>
    /// <param name="number">Which of the draws.</param>
    /// <param name="experts">The pool's size; none leaves it to chance.</param>
    /// <param name="named">Whether the beacon was named beforehand; none leaves it to chance.</param>
    public static byte[] Transcript(int number, int? experts = null, bool? named = null)
    {
        var reading = DrawInputReader.Read(Input(number, experts, named));
        Assert.True(reading.IsSound, string.Join("; ", reading.Problems));
        return DrawEngine.Run(reading.Input).ToUtf8();
    }

    public static string Input(int number, int? experts, bool? named)
    {
        var chance = new Chance((ulong)number * 1_000_003);
        var write = new OddWriting(chance, odd: number % 3 == 0);
        var seats = chance.Below(20) switch { 0 => 15, 1 => 9, 2 => chance.Below(64) + 1, _ => chance.Below(5) + 1 };
        var size = experts ?? chance.Below(12) switch { 0 => 0, 1 => 60, _ => chance.Below(26) };
        string[] beacon = [chance.Of(["公证处", "某市\"福彩\"3D", "drand quicknet"]), chance.Of(["2014-269", "第１期", "\u0001"])];
        List<(string, string)> fields =
        [
            ("schema", write.Text("expertpanel.draw-input/1")),
            ("matter", Matter(chance, write)),
            ("seats", write.List(Enumerable.Range(1, seats).Select(i => Seat(i, chance, write)))),
            ("rules", write.Object(
                ("maxPerEmployer", write.Whole(chance.OneIn(3) ? chance.Below(3) + 1 : 1)),
                ("maxOpenReviews", write.Whole(3 + chance.Below(3))),
                ("ticketsByRecentReviews", write.List(chance.Of<int[]>([[16, 4, 1], [1], [3, 2, 2, 1], [120, 7]]).Select(write.Whole))))),
            ("now", write.Text(chance.Of(Moments))),
            ("pool", write.List(Enumerable.Range(1, size).Select(i => Expert(i, chance, write)))),
            ("secret", write.Text(chance.Hex(32))),
            ("beacon", write.Object(("source", write.Text(beacon[0])), ("round", write.Text(beacon[1])), ("value", write.Text(chance.Hex(1 + chance.Below(64)))))),
        ];
        if (named ?? chance.OneIn(2))
            fields.Add(("beaconNamed", write.Object(("kind", write.Text(chance.Of(BeaconName.Kinds))), ("source", write.Text(beacon[0])), ("round", write.Text(beacon[1])))));
        if (chance.OneIn(3))
            fields.Add((chance.Of(OddNames), chance.Of(OddValues)));
        return write.Object(fields);
    }

    private static string Matter(Chance chance, OddWriting write) => write.Object(
        ("id", write.Text("620000-2014-0001")),
        ("title", write.Text(chance.Of(["供热管理办法（草案）", "线\n路", "Ⅳ 号😀"]))),
        ("sponsor", write.Text(chance.Of(Organisations))),
        ("parties", write.Texts(chance.Some(Organisations, 2))),
        ("counsel", write.Texts(chance.Some(Organisations, 2))),
        ("people", write.Texts(chance.Some(People, 2))));

    private static string Seat(int place, Chance chance, OddWriting write)
    {
        List<(string, string)> fields =
        [
            ("id", write.Text(place == 2 ? "席位·二" : string.Create(CultureInfo.InvariantCulture, $"s{place}"))),
            ("specialties", write.Texts(chance.OneIn(4) ? [] : chance.Some(Specialties, 2))),
        ];
        if (chance.OneIn(2))
            fields.Add(("committeeMember", write.Flag(chance.OneIn(3))));
        return write.Object(fields);
    }

    private static string Expert(int place, Chance chance, OddWriting write)
    {
        var id = (place % 9) switch { 3 => "专家#", 5 => "𠮷", 7 => "Ａ", 8 => "\uFFFD" + new string('长', 30), _ => "E" };
        List<(string, string)> fields =
        [
            ("id", write.Text(string.Create(CultureInfo.InvariantCulture, $"{id}{place:d4}"))),
            ("name", write.Text(chance.Of(People))),
            ("employer", write.Text(chance.OneIn(2) ? chance.Of(Organisations) : string.Create(CultureInfo.InvariantCulture, $"第{chance.Below(40)}律师事务所"))),
            ("formerEmployers", write.Texts(chance.OneIn(4) ? chance.Some(Organisations, 2) : [])),
            ("specialties", write.Texts(chance.Some(Specialties, 3))),
            ("committeeMember", write.Flag(chance.OneIn(2))),
            ("termFrom", write.Text(chance.OneIn(12) ? "2014-10-01" : "2014-01-01")),
            ("termTo", write.Text(chance.OneIn(12) ? "2014-09-26" : "2018-12-31")),
            ("onLeave", write.Flag(chance.OneIn(15))),
            ("openReviews", write.Whole(chance.Below(5))),
            ("recentReviews", write.Whole(chance.Below(4) * chance.Below(4))),
            ("conflicts", write.Texts(chance.OneIn(5) ? chance.Some([.. Organisations, .. People], 2) : [])),
            ("relatives", write.Texts(chance.OneIn(5) ? chance.Some([.. Organisations, .. People], 2) : [])),
        ];
        if (chance.OneIn(10))
            fields.Add((chance.Of(OddNames), chance.Of(OddValues)));
        return write.Object(fields);
    }
}
