using System.Linq.Expressions;
using ExpertPanel.Server.Data;

namespace ExpertPanel.Server.Api;

/// <summary>One row of the ledger.</summary>
public sealed record MatterLine(
    string Number, string Title, string Type, string Stage, DateTimeOffset StageSince, string? WaitingFor, string SponsoringUnit, string LetterNumber, string Secrecy,
    string Urgency, bool Suspended, DateTimeOffset ReceivedAt, DateTimeOffset RegisteredAt, DateTimeOffset? AcceptedAt, string? Division, string? Leader, string? Handler,
    DateOnly? ReviewDue, DateOnly? StageDue, DateTimeOffset? ReviewMetAt, int ExpertsAsked, int OpinionsIn, bool HadMeeting, string? Conclusion, string? DocumentNumber,
    string? Signer, DateOnly? IssuedOn, string? Adoption, DateTimeOffset? ClosedAt, string? Ending, string? ArchiveNumber, string? LinkedNumber, int OpenSlips)
{
    internal static Expression<Func<MatterRow, MatterLine>> FromRow { get; } = m => new MatterLine(
        m.Number, m.Title, m.Type, m.Stage, m.StageSince, m.WaitingFor, m.SponsoringUnit, m.LetterNumber, m.Secrecy,
        m.Urgency, m.Suspended, m.ReceivedAt, m.RegisteredAt, m.AcceptedAt, m.Division, m.LeaderName, m.HandlerName,
        m.ReviewDue, m.StageDue, m.ReviewMetAt, m.ExpertsAsked, m.OpinionsIn, m.HadMeeting, m.Conclusion, m.DocumentNumber,
        m.SignerName, m.IssuedOn, m.Adoption, m.ClosedAt, m.Ending, m.ArchiveNumber, m.LinkedNumber, m.OpenSlips);

    /// <summary>What was decided shows once it was issued; who reviewed it and how does not.</summary>
    internal MatterLine ForSponsor() => this with
    {
        Leader = null,
        ExpertsAsked = 0,
        OpinionsIn = 0,
        HadMeeting = false,
        Conclusion = IssuedOn is null ? null : Conclusion,
        Signer = null,
        OpenSlips = 0,
    };
}
