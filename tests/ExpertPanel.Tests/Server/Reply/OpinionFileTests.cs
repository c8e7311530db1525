using ExpertPanel.Server.Reply;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExpertPanel.Tests.Server.Reply;

public sealed class OpinionFileTests
{
    public static TheoryData<string, byte[], string> Accepted => new()
    {
        { "意见.pdf", UploadSamples.Pdf, "意见.pdf" },
        { "意见.docx", UploadSamples.Docx, "意见.docx" },
        { "意见.ofd", UploadSamples.Ofd, "意见.ofd" },
        { "签名.JPEG", UploadSamples.Jpeg, "签名.JPEG" },
        { "签名.png", UploadSamples.Png, "签名.png" },
        { "..\\..\\etc\\签名.exe", UploadSamples.Png, "签名.exe.png" },
        { "CON", UploadSamples.Pdf, "_CON.pdf" },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task A_file_is_what_its_content_says_and_keeps_its_name_as_text(string name, byte[] content, string kept)
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var read = await reply.Panel.Get<OpinionFiles>().ReadAsync(await reply.PlaceAsync(), [UploadSamples.Upload(name, content)], 0, CancellationToken.None);
        Assert.Empty(read.Refused);
        var row = Assert.Single(read.Rows);
        Assert.Equal(kept, row.Name);
        Assert.Equal(content, row.Content);
        Assert.Equal(reply.Matter.Id, row.MatterId);
    }

    [Fact]
    public async Task A_program_called_pdf_is_refused_and_the_rest_is_taken()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var read = await reply.Panel.Get<OpinionFiles>().ReadAsync(
            await reply.PlaceAsync(), [UploadSamples.Upload("发票.pdf", UploadSamples.Exe), UploadSamples.Upload("空.pdf", []), UploadSamples.Upload("好.pdf", UploadSamples.Pdf)], 0, CancellationToken.None);
        Assert.Equal("好.pdf", Assert.Single(read.Rows).Name);
        Assert.Equal([new UploadRefused("发票.pdf", UploadProblem.NotAccepted), new UploadRefused("空.pdf", UploadProblem.Empty)], read.Refused);
    }

    [Fact]
    public async Task Too_large_and_too_many_are_refused()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var files = reply.Panel.Get<OpinionFiles>();
        var place = await reply.PlaceAsync();
        var large = await files.ReadAsync(place, [UploadSamples.Upload("大.pdf", new byte[OpinionFiles.MostBytes + 1])], 0, CancellationToken.None);
        Assert.Equal(UploadProblem.TooLarge, Assert.Single(large.Refused).Problem);
        var many = await files.ReadAsync(place, [UploadSamples.Upload("多.pdf", UploadSamples.Pdf)], OpinionFiles.MostFiles, CancellationToken.None);
        Assert.Equal(UploadProblem.TooMany, Assert.Single(many.Refused).Problem);
    }

    [Fact]
    public async Task A_state_secret_is_refused_and_only_its_hash_and_sender_are_kept()
    {
        await using var reply = await ReplyPanel.CreateAsync();
        var read = await reply.Panel.Get<OpinionFiles>().ReadAsync(await reply.PlaceAsync(), [UploadSamples.Upload("机密★10年意见.pdf", UploadSamples.Pdf)], 0, CancellationToken.None);
        Assert.Empty(read.Rows);
        Assert.Equal(UploadProblem.StateSecret, Assert.Single(read.Refused).Problem);
        await using var db = reply.Panel.Open();
        var row = await db.InboundMails.SingleAsync();
        Assert.Equal(("upload", "held", "state-secret", 0, reply.Matter.Id), (row.Kind, row.State, row.Reason, row.Raw.Length, row.MatterId));
        Assert.StartsWith(reply.First.ExpertName, row.FromAddress, StringComparison.Ordinal);
    }
}
