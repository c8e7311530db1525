using System.Globalization;
using System.Text.Json;
using CsCheck;
using ExpertPanel.Workflows.Draw;
using Xunit;

namespace ExpertPanel.Tests.Workflows.Draw;

public sealed class CanonicalJsonTests
{
    private static string Canonical(string json) => CanonicalJson.Write(JsonElement.Parse(json));

    [Fact]
    public void The_example_of_section_3_2_2_comes_out_as_printed_there() => Assert.Equal(
        """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
        Canonical("""
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
          "literals": [null, true, false]
        }
        """));

    [Fact]
    public void Keys_stand_in_the_order_of_their_UTF_16_code_units() => Assert.Equal(
        "{\"\\r\":1,\"1\":2,\"</script>\":3,\"\u0080\":4,\"\u00f6\":5,\"\u20ac\":6,\"\U0001F602\":7,\"\ufb33\":8}",
        Canonical("""{"\u20ac":6,"\r":1,"\ufb33":8,"1":2,"\ud83d\ude02":7,"\u0080":4,"\u00f6":5,"</script>":3}"""));

    // RFC 8785, appendix B: IEEE 754 bits and their text.
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void A_number_is_written_as_in_appendix_B(string bits, string text) => Assert.Equal(
        text, EcmaScriptNumber.Format(BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_JSON_lacks_is_refused(double value) => Assert.Throws<FormatException>(() => EcmaScriptNumber.Format(value));

    [Fact]
    public void Every_number_reads_back_as_itself() => Gen.Double.Where(double.IsFinite).Sample(value =>
        double.Parse(EcmaScriptNumber.Format(value), CultureInfo.InvariantCulture) == value, iter: 20_000);

    [Fact]
    public void Whole_numbers_and_their_other_spellings_are_one() =>
        Assert.Equal("[2,2,-2,20,0,0,1234567890123456]", Canonical("[2, 2.0, -2.00, 2e1, 0, -0, 1234567890123456]"));

    [Fact]
    public void Only_what_must_be_escaped_is() => Assert.Equal(
        "[\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0000\\u001f\u007f\u2028中\U00020BB7\"]",
        Canonical("""["\u0008\u0009\u000a\u000C\u000d\u0022\u005C\u002f\u0000\u001F\u007f\u2028\u4e2d\ud842\udfb7"]"""));

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""["\udc00\ud800"]""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("[1e400]")]
    public void What_has_no_canonical_form_is_refused(string json) => Assert.Throws<FormatException>(() => Canonical(json));

    [Fact]
    public void The_canonical_text_is_its_own_canonical_text() => Gen.Dictionary(Gen.String.Where(IsText), Gen.String.Where(IsText))[0, 8].Sample(fields =>
    {
        var once = Canonical(JsonSerializer.Serialize(fields));
        return once == Canonical(once);
    });

    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
                return false;
        }

        return true;
    }
}
