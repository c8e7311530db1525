using System.Text;
using ExpertPanel.Server.Data;
using ExpertPanel.Workflows;
using ExpertPanel.Workflows.Deadlines;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using MimeKit;

namespace ExpertPanel.Server.Mail.Letters;

/// <summary>
/// The day by which an expert answers, or a meeting, as an iCalendar entry (RFC 5545) that a phone takes into its calendar. It says no more
/// than a letter without contents: calendars are synchronised to places that nobody asked about. No link either, since it bears the token.
/// </summary>
internal static class LetterCalendar
{
    /// <summary>Sequence numbers count minutes from here: a later letter of the same invitation takes the earlier entry's place.</summary>
    private static readonly DateTimeOffset Epoch = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <returns>Null where the letter names no day to keep.</returns>
    public static MimePart? Of(LetterRow row, LetterSource source, string domain)
    {
        var entry = row.Kind switch
        {
            LetterKinds.Consultation or LetterKinds.RoundExtended => Deadline(row, source),
            LetterKinds.MeetingNotice => Meeting(source),
            LetterKinds.InvitationWithdrawn => Withdrawn(row, source),
            _ => null,
        };
        if (entry is null) return null;
        var meeting = row.Kind == LetterKinds.MeetingNotice;
        entry.Uid = $"{(meeting ? "meeting" : "answer")}-{(meeting ? row.Id : row.InvitationId ?? row.Id):N}@{domain}";
        entry.DtStamp = new CalDateTime(row.CreatedAt.UtcDateTime, "UTC");
        entry.Sequence = (int)(row.CreatedAt - Epoch).TotalMinutes;
        var cancelled = row.Kind == LetterKinds.InvitationWithdrawn;
        var calendar = new Ical.Net.Calendar { ProductId = "-//ExpertPanel//Letters//ZH", Method = cancelled ? "CANCEL" : "PUBLISH" };
        calendar.Events.Add(entry);
        var text = new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("A calendar entry came to nothing.");
        return new MimePart("text", "calendar")
        {
            ContentType = { Charset = "utf-8", Parameters = { { "method", calendar.Method } } },
            Content = new MimeContent(new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false)),
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            ContentTransferEncoding = ContentEncoding.Base64,
            FileName = "invite.ics",
        };
    }

    private static CalendarEvent Deadline(LetterRow row, LetterSource source)
    {
        var due = source.Date("due");
        var entry = new CalendarEvent
        {
            Summary = $"专家意见提交期限（收文编号 {source.Number}）",
            Description = $"{source.OfficeName}请您在本日之前提交意见。",
            Start = new CalDateTime(due.Year, due.Month, due.Day),
            Transparency = "TRANSPARENT",
        };
        entry.Alarms.Add(new Alarm { Action = "DISPLAY", Description = entry.Summary, Trigger = new Trigger(Duration.FromHours(-15)) }); // Nine o'clock on the day before.
        return entry;
    }

    private static CalendarEvent Meeting(LetterSource source)
    {
        var starts = source.LocalTime("starts");
        var entry = new CalendarEvent
        {
            Summary = $"专家论证会（收文编号 {source.Number}）",
            Description = $"{source.OfficeName}召开。",
            Start = new CalDateTime(ChinaTime.At(DateOnly.FromDateTime(starts), 0).Add(starts.TimeOfDay).UtcDateTime, "UTC"),
            Duration = Duration.FromHours(2),
        };
        if (source.Contents is { } open && open.Has("place")) entry.Location = open.Text("place");
        entry.Alarms.Add(new Alarm { Action = "DISPLAY", Description = entry.Summary, Trigger = new Trigger(Duration.FromHours(-1)) });
        return entry;
    }

    private static CalendarEvent? Withdrawn(LetterRow row, LetterSource source)
    {
        if (row.InvitationId is null) return null;
        var day = ChinaTime.LocalDate(source.WrittenAt);
        return new() { Summary = $"已撤回：专家咨询（收文编号 {source.Number}）", Status = "CANCELLED", Start = new CalDateTime(day.Year, day.Month, day.Day) };
    }
}
