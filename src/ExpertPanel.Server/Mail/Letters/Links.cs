namespace ExpertPanel.Server.Mail.Letters;

/// <summary>Every address of ours that a letter may name.</summary>
public sealed class Links
{
    private readonly Uri root;

    /// <param name="baseUrl">Where people reach the pages, such as <c>https://panel.example.gov.cn/</c>; never taken from a request (its Host can be forged).</param>
    public Links(Uri baseUrl) => root = baseUrl.AbsoluteUri.EndsWith('/') ? baseUrl : new Uri(baseUrl.AbsoluteUri + "/");

    /// <summary>The expert's page. It locates only: what it shows needs the code mailed to the registered address.</summary>
    public Uri Reply(string token) => new(root, "r/" + Uri.EscapeDataString(token));

    /// <summary>The page of a question about a held mail. Opening it changes nothing.</summary>
    public Uri Confirmation(string token) => new(root, "c/" + Uri.EscapeDataString(token));

    /// <summary>Where somebody who was given an account chooses its password.</summary>
    public Uri AccountInvitation(string token) => new(root, "invitation/" + Uri.EscapeDataString(token));

    public Uri Matter(string number) => new(root, "matters/" + Uri.EscapeDataString(number));

    public Uri Desk => new(root, "desk");
}
