using ExpertPanel.Server.Mail.Inbox;
using Xunit;

namespace ExpertPanel.Tests.Mail.Inbox;

public sealed class ReplyAddressTests
{
    private const string Token = "k5xw2ylnobzgs3thnf2ho6lqme";

    [Fact]
    public void A_token_put_into_an_address_is_found_again()
    {
        var address = ReplyAddress.Format("opinions@panel.test", Token);

        Assert.Equal($"opinions+r-{Token}@panel.test", address);
        Assert.True(ReplyAddress.TryFindToken(address, out var token));
        Assert.Equal(Token, token);
    }

    [Fact]
    public void A_server_that_folds_or_raises_the_case_does_no_harm()
    {
        Assert.True(ReplyAddress.TryFindToken($"\"Opinions\" <OPINIONS+R-{Token.ToUpperInvariant()}@PANEL.TEST>, x@y.cn", out var token));
        Assert.Equal(Token, token);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("opinions@panel.test")]
    [InlineData("opinions+r-@panel.test")]
    [InlineData("opinions+r-k5xw2ylnobzgs3thnf2ho6lqm@panel.test")]
    [InlineData("opinions+r-k5xw2ylnobzgs3thnf2ho6lqmee@panel.test")]
    [InlineData("opinions+r-k5xw2ylnobzgs3thnf2ho6lqm1@panel.test")]
    [InlineData("opinions+r-k5xw2ylnobzgs3thnf2ho6lqme")]
    [InlineData("opinions+k5xw2ylnobzgs3thnf2ho6lqme@panel.test")]
    public void An_address_without_a_well_formed_token_has_none(string? address)
    {
        Assert.False(ReplyAddress.TryFindToken(address, out var token));
        Assert.Null(token);
    }

    [Theory]
    [InlineData("no-at-sign", Token)]
    [InlineData("opinions@panel.test", "short")]
    public void A_bad_mailbox_or_token_is_not_formatted(string mailbox, string token)
    {
        Assert.Throws<ArgumentException>(() => ReplyAddress.Format(mailbox, token));
    }
}
