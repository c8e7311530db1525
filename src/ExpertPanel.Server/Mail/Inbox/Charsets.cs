using System.Runtime.CompilerServices;
using System.Text;

namespace ExpertPanel.Server.Mail.Inbox;

/// <summary>
/// Makes the Chinese charsets known before anything else runs. MimeKit settles once, at its first use, which ones exist; a letter
/// written before the registration left it reading GB18030 names as Latin ever after.
/// </summary>
internal static class Charsets
{
    [ModuleInitializer]
    internal static void Register() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
}
