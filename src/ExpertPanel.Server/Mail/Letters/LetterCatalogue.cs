using ExpertPanel.Workflows;

namespace ExpertPanel.Server.Mail.Letters;

/// <summary>Which class writes which kind of letter.</summary>
public static class LetterCatalogue
{
    private static readonly Dictionary<string, Func<LetterSource, Letter>> Kinds = new(StringComparer.Ordinal)
    {
        [LetterKinds.Consultation] = s => new ConsultationLetter(s),
        [LetterKinds.ConsultationReminder] = s => new ConsultationReminderLetter(s),
        [LetterKinds.Thanks] = s => new ThanksLetter(s),
        [LetterKinds.InvitationWithdrawn] = s => new InvitationWithdrawnLetter(s),
        [LetterKinds.RoundExtended] = s => new RoundExtendedLetter(s),
        [LetterKinds.MeetingNotice] = s => new MeetingNoticeLetter(s),
        [LetterKinds.SupplementNotice] = s => new SupplementNoticeLetter(s),
        [LetterKinds.DeclineNotice] = s => new DeclineNoticeLetter(s),
        [LetterKinds.ReturnNotice] = s => new ReturnNoticeLetter(s),
        [LetterKinds.TransferNotice] = s => new TransferNoticeLetter(s),
        [LetterKinds.SuspensionNotice] = s => new SuspensionNoticeLetter(s),
        [LetterKinds.ExtensionNotice] = s => new ExtensionNoticeLetter(s),
        [LetterKinds.UnitConsultation] = s => new UnitConsultationLetter(s),
        [LetterKinds.OpinionDelivery] = s => new OpinionDeliveryLetter(s),
        [LetterKinds.MailConfirmation] = s => new MailConfirmationLetter(s),
        [LetterKinds.AddressConfirmation] = s => new AddressConfirmationLetter(s),
        [LetterKinds.AccountInvitation] = s => new AccountInvitationLetter(s),
        [LetterKinds.MailNotice] = s => new MailNoticeLetter(s),
        [LetterKinds.FeedbackReminder] = s => new FeedbackReminderLetter(s),
    };

    /// <exception cref="KeyNotFoundException">No class writes this kind.</exception>
    public static Letter Write(string kind, LetterSource source) => Kinds[kind](source);
}
